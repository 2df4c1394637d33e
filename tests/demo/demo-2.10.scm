; SPDX-License-Identifier: GPL-3.0-or-later
; demo-2.10.scm: the demonstration, in GIMP 2.10's Script-Fu

(define (demo-load file)
  (let ((image (car (gimp-file-load RUN-NONINTERACTIVE file file))))
    (list image (car (gimp-image-get-active-drawable image)))))

; Copies the layer to the image, its left side at x.
(define (demo-place layer image x)
  (let ((copy (car (gimp-layer-new-from-drawable layer image))))
    (gimp-image-insert-layer image copy 0 0)
    (gimp-layer-set-offsets copy x 0)))

; Saves content, style and result side by side.
(define (demo-save content style result file)
  (let* ((gap 8)
         (step (+ gap (car (gimp-drawable-width content))))
         (image (car (gimp-image-new (- (* 3 step) gap)
                                     (car (gimp-drawable-height content))
                                     RGB))))
    (demo-place content image 0)
    (demo-place style image step)
    (demo-place result image (* 2 step))
    (gimp-context-set-background '(255 255 255))
    (gimp-image-flatten image)
    (gimp-file-save RUN-NONINTERACTIVE image
                    (car (gimp-image-get-active-drawable image)) file file)))

(define (demo content-file style-file result-file)
  (let* ((content (demo-load content-file))
         (style (demo-load style-file))
         (result (car (plug-in-pastiche
                        RUN-NONINTERACTIVE (car content) (cadr content)
                        (cadr style) ""      ; style: a layer, no file
                        50 50                ; strength freedom
                        0 1.0                ; structure style-scale
                        0 1 0 0 ""           ; colors quality size seed model
                        FALSE 20.0 0         ; tileable smoothness iterations
                        0.0 0 0))))          ; detail precision memory-limit
    (demo-save (cadr content) (cadr style) result result-file)))
