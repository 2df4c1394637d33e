; SPDX-License-Identifier: GPL-3.0-or-later
; demo-2.10.scm: the demonstration, in GIMP 2.10's Script-Fu

(define (demo-load file)
  (let ((image (car (gimp-file-load RUN-NONINTERACTIVE file file))))
    (list image (car (gimp-image-get-active-drawable image)))))

(define (demo-scaled file width height)
  (let ((picture (demo-load file)))
    (gimp-image-scale (car picture) width height)
    picture))

(define (demo-paint content style-file quality)
  (car (plug-in-pastiche RUN-NONINTERACTIVE (car content) (cadr content)
                         -1 style-file        ; style: no layer, a file
                         50 50                ; strength freedom
                         0 1.0                ; structure style-scale
                         0 quality 0 0 ""     ; colors quality size seed model
                         FALSE 20.0 0         ; tileable smoothness iterations
                         0.0 0 0)))           ; detail precision memory-limit

; Saves layers of the same size in rows of three.
(define (demo-save layers file)
  (let* ((gap 8)
         (right (+ gap (car (gimp-drawable-width (car layers)))))
         (down (+ gap (car (gimp-drawable-height (car layers)))))
         (rows (quotient (length layers) 3))
         (image (car (gimp-image-new (- (* 3 right) gap) (- (* rows down) gap)
                                     RGB)))
         (place 0))
    (for-each
      (lambda (layer)
        (let ((copy (car (gimp-layer-new-from-drawable layer image))))
          (gimp-image-insert-layer image copy 0 0)
          (gimp-layer-set-offsets copy (* right (modulo place 3))
                                  (* down (quotient place 3)))
          (set! place (+ place 1))))
      layers)
    (gimp-context-set-background '(255 255 255))
    (gimp-image-flatten image)
    (gimp-file-save RUN-NONINTERACTIVE image
                    (car (gimp-image-get-active-drawable image)) file file)))

; Content, style and result.
(define (demo content-file style-file result-file)
  (let* ((content (demo-load content-file))
         (style (demo-scaled style-file 512 384)))
    (demo-save (list (cadr content) (cadr style)
                     (demo-paint content style-file 1)) ; normal
               result-file)))

; The content, small, in each of the styles.
(define (demo-sheet content-file style-files result-file)
  (demo-save (map (lambda (style-file)
                    (demo-paint (demo-scaled content-file 256 192) style-file
                                0))                     ; draft
                  style-files)
             result-file))
