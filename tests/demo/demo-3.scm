; SPDX-License-Identifier: GPL-3.0-or-later
; demo-3.scm: the demonstration, in GIMP 3's Script-Fu

(define (demo-load file)
  (let ((image (car (gimp-file-load RUN-NONINTERACTIVE file))))
    (list image (vector-ref (car (gimp-image-get-layers image)) 0))))

; Copies the layer to the image, its left side at x.
(define (demo-place layer image x)
  (let ((copy (car (gimp-layer-new-from-drawable layer image))))
    (gimp-image-insert-layer image copy 0 0)
    (gimp-layer-set-offsets copy x 0)))

; Saves content, style and result side by side.
(define (demo-save content style result file)
  (let* ((gap 8)
         (step (+ gap (car (gimp-drawable-get-width content))))
         (image (car (gimp-image-new (- (* 3 step) gap)
                                     (car (gimp-drawable-get-height content))
                                     RGB))))
    (demo-place content image 0)
    (demo-place style image step)
    (demo-place result image (* 2 step))
    (gimp-context-set-background "white")
    (gimp-image-flatten image)
    (gimp-file-save RUN-NONINTERACTIVE image file)))

(define (demo content-file style-file result-file)
  (let* ((content (demo-load content-file))
         (style (demo-load style-file))
         (result (car (plug-in-pastiche #:run-mode RUN-NONINTERACTIVE
                                        #:image (car content)
                                        #:drawables (vector (cadr content))
                                        #:style (cadr style)))))
    (demo-save (cadr content) (cadr style) result result-file)))
