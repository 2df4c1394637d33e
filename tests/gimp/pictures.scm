; SPDX-License-Identifier: GPL-3.0-or-later
; pictures.scm: pictures to work on, and what a result has to look like

(define (picture name)
  (string-append pictures "/" name))

; An image with two layers, "content" above "style".
(define (load-pictures)
  (let* ((image (load-image (picture "content.ppm")))
         (content (car (layers-of image)))
         (source (load-image (picture "style.ppm")))
         (style (car (gimp-layer-new-from-drawable (car (layers-of source))
                                                   image))))
    (gimp-image-delete source)
    (gimp-image-insert-layer image style 0 1)
    (gimp-item-set-name content "content")
    (gimp-item-set-name style "style")
    image))

; Loaded once: GIMP starts a plug-in for each file.
(define loaded-pictures #f)

; A new one of these, as a list of the image and its layers.
(define (new-pictures)
  (if (not loaded-pictures) (set! loaded-pictures (load-pictures)))
  (let ((image (car (gimp-image-duplicate loaded-pictures))))
    (gimp-image-clean-all image)
    (cons image (layers-of image))))

; All that an image can have, as pairs of name and number.
(define precisions
  (list (cons "8-bit linear"              PRECISION-U8-LINEAR)
        (cons "8-bit non-linear"          PRECISION-U8-NON-LINEAR)
        (cons "16-bit linear"             PRECISION-U16-LINEAR)
        (cons "16-bit non-linear"         PRECISION-U16-NON-LINEAR)
        (cons "32-bit linear"             PRECISION-U32-LINEAR)
        (cons "32-bit non-linear"         PRECISION-U32-NON-LINEAR)
        (cons "half float linear"         PRECISION-HALF-LINEAR)
        (cons "half float non-linear"     PRECISION-HALF-NON-LINEAR)
        (cons "float linear"              PRECISION-FLOAT-LINEAR)
        (cons "float non-linear"          PRECISION-FLOAT-NON-LINEAR)))

(define (is-linear? precision)
  (contains? (car precision) " linear"))

; Makes a corner of the layer transparent, with a soft edge.
(define (cut-corner image layer)
  (gimp-layer-add-alpha layer)
  (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 0 0 20 16)
  (gimp-selection-feather image 8)
  (gimp-drawable-edit-clear layer)
  (gimp-selection-none image))

; What use returns of a copy of the drawable, of whatever kind, with an alpha
; channel, in an image of 8 bits.
(define (with-copy drawable use)
  (let* ((scratch (car (gimp-image-new 1 1 RGB)))
         (copy (car (gimp-layer-new-from-drawable drawable scratch))))
    (gimp-image-insert-layer scratch copy 0 0)
    (gimp-item-set-lock-content copy FALSE)
    (if (= FALSE (car (gimp-drawable-has-alpha copy)))
        (gimp-layer-add-alpha copy))
    (let ((value (use copy)))
      (gimp-image-delete scratch)
      value)))

; Bytes (r g b a) of a grid of pixels, row by row, of such a copy.
(define (pixels-of layer step)
  (let ((width (car (gimp-drawable-get-width layer)))
        (height (car (gimp-drawable-get-height layer)))
        (pixels '()))
    (do ((y 0 (+ y step))) ((>= y height) (reverse pixels))
      (do ((x 0 (+ x step))) ((>= x width))
        (set! pixels (cons (pixel-of layer x y) pixels))))))

(define (sample-every step drawable)
  (with-copy drawable (lambda (copy) (pixels-of copy step))))

(define (sample drawable)
  (sample-every 3 drawable))

; What tells whether any pixel has changed: mean and deviation of each channel,
; and a few pixels.  A sample takes GIMP ten times as long.
(define (fingerprint drawable)
  (with-copy drawable
    (lambda (copy)
      (list (map (lambda (channel)
                   (let ((values (gimp-drawable-histogram copy channel 0 1)))
                     (list (car values) (cadr values))))
                 (list HISTOGRAM-RED HISTOGRAM-GREEN HISTOGRAM-BLUE
                       HISTOGRAM-ALPHA))
            (pixels-of copy 12)))))

(define (alphas pixels)
  (map cadddr pixels))

; Whether the numbers of both lists differ by no more than limit.
(define (close? a b limit)
  (cond ((null? a) (null? b))
        ((null? b) #f)
        (else (and (<= (abs (- (car a) (car b))) limit)
                   (close? (cdr a) (cdr b) limit)))))

; How far two samples are from each other, from 0 to 255: the mean over all
; bytes.
(define (distance a b)
  (let loop ((a a) (b b) (sum 0) (n 0))
    (if (null? a)
        (/ sum n)
        (loop (cdr a) (cdr b)
              (apply + sum (map (lambda (one other) (abs (- one other)))
                                (car a) (car b)))
              (+ n (length (car a)))))))

; What the plug-in finds in its file in GIMP's folder.
(define (remember text)
  (call-with-output-file (string-append gimp-directory "/pastiche.json")
    (lambda (port) (display text port))))

; The value of an option in a list such as (file "style.png" seed 3).
(define (option options name fallback)
  (cond ((null? options) fallback)
        ((eq? (car options) name) (cadr options))
        (else (option (cddr options) name fallback))))

; Calls the plug-in.  Options: run-mode, file, quality, size, seed, model.
(define (repaint image drawable style . options)
  (call-pastiche (option options 'run-mode RUN-NONINTERACTIVE)
                 image drawable style
                 (option options 'file "")
                 (option options 'quality QUALITY-DRAFT)
                 (option options 'size 0)
                 (option options 'seed 0)
                 (option options 'model "")))

(define (size-of drawable)
  (list (car (gimp-drawable-get-width drawable))
        (car (gimp-drawable-get-height drawable))))

(define (place-of image layer)
  (list (car (gimp-item-get-parent layer))
        (car (gimp-image-get-item-position image layer))))

; Repaints the layer and checks the new one: all that holds for every kind of
; image.  Options: those of repaint; drawable, what the plug-in is given instead
; of the layer; name, part of the new layer's name; area, (x y width height) in
; the image; alphas, those of the result's sample.  Returns the new layer.
(define (check-repaint title image layer style . options)
  (let* ((place (place-of image layer))
         (before (sample layer))
         (whole-before (fingerprint layer))
         (drawable (option options 'drawable layer))
         (result (apply repaint image drawable style options))
         (after (sample result))
         (area (option options 'area
                       (append (gimp-drawable-get-offsets layer)
                               (size-of layer)))))
    (check-all title
      (list
        (cons "it is a layer"
              (= TRUE (car (gimp-item-id-is-layer result))))
        (cons "it is directly above the content"
              (and (equal? (place-of image result) place)
                   (equal? (place-of image layer)
                           (list (car place) (+ 1 (cadr place))))))
        (cons "it is named after the style"
              (contains? (car (gimp-item-get-name result))
                         (option options 'name "style")))
        (cons "it has the content's place and size"
              (equal? (append (gimp-drawable-get-offsets result)
                              (size-of result))
                      area))
        (cons "it has an alpha channel"
              (= TRUE (car (gimp-drawable-has-alpha result))))
        (cons "it is gray if the content is"
              (equal? (gimp-drawable-is-gray result)
                      (gimp-drawable-is-gray layer)))
        (cons "its alpha is the content's"
              (close? (alphas after)
                      (option options 'alphas (alphas before)) 1))
        (cons "its pixels are not those of the content"
              (not (equal? after before)))
        (cons "its pixels are not all the same"
              (not (close? (map car after)
                           (map (lambda (pixel) (caar after)) after) 8)))
        (cons "the content's pixels are as before"
              (equal? (fingerprint layer) whole-before))
        (cons "the image has unsaved changes"
              (= TRUE (car (gimp-image-is-dirty image))))
        (cons "the parameters are kept with it"
              (contains? (parameters-of result) "\"strength\":50"))))
    result))

(define (parameters-of layer)
  (caddr (car (gimp-item-get-parasite layer "pastiche"))))

; Checks that repainting fails with part in the message, and changes nothing.
; Options: those of repaint.
(define (check-refused title part image drawable style . options)
  (check-nothing-done title part image
                      (lambda ()
                        (apply repaint image drawable style options))))

; The same for any call.
(define (check-nothing-done title part image thunk)
  (let* ((layers (layers-of image))
         (before (map fingerprint layers)))
    (gimp-image-clean-all image)
    (check-error title part thunk)
    (check-all (string-append title ", nothing is changed")
      (list
        (cons "the layers are the same" (equal? (layers-of image) layers))
        (cons "their pixels are the same"
              (equal? (map fingerprint (layers-of image)) before))
        (cons "there are no unsaved changes"
              (= FALSE (car (gimp-image-is-dirty image))))))))
