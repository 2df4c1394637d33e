; SPDX-License-Identifier: GPL-3.0-or-later
; layer-positions.scm: layers in any place of an image, and parts of them

; Calls body with an image, its content layer and its style layer.
(define (with-pictures name body)
  (let ((pictures (new-pictures)))
    (test-case name (lambda () (apply body pictures)))
    (gimp-image-delete (car pictures))))

(define (opaque n)
  (if (= n 0) '() (cons 255 (opaque (- n 1)))))

; What the result's alphas are after a selection: those of the selection, on
; the grid of sample, in an opaque layer whose place is the image's origin.
(define (selection-values image x0 y0 width height)
  (let ((values '()))
    (do ((y 0 (+ y 3))) ((>= y height))
      (do ((x 0 (+ x 3))) ((>= x width))
        (set! values (cons (car (gimp-selection-value image (+ x0 x) (+ y0 y)))
                           values))))
    (reverse values)))

(with-pictures "a layer with offsets"
  (lambda (image content style)
    (gimp-layer-set-offsets content 17 -9)
    (check-repaint "a layer with offsets" image content style)))

(with-pictures "a layer below others"
  (lambda (image content style)
    (check-repaint "a layer below others" image style content
                   'name "content")))

(define (new-group image content)
  (let ((group (new-layer-group image)))
    (gimp-image-insert-layer image group 0 0)
    (gimp-image-reorder-item image content group 0)
    (gimp-item-set-name group "group")
    group))

(with-pictures "a layer in a group"
  (lambda (image content style)
    (new-group image content)
    (check-repaint "a layer in a group" image content style)))

(with-pictures "a group of layers"
  (lambda (image content style)
    (let ((group (new-group image content)))
      (gimp-layer-set-offsets content 5 3)
      (check-repaint "a group of layers" image group style))))

(with-pictures "a rectangle is selected"
  (lambda (image content style)
    (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 10 6 30 21)
    (check-repaint "a rectangle is selected" image content style
                   'area '(10 6 30 21) 'alphas (opaque 70))))

(with-pictures "the selection reaches beyond the layer"
  (lambda (image content style)
    (gimp-layer-set-offsets content 12 8)
    (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 0 0 42 26)
    (check-repaint "the selection reaches beyond the layer"
                   image content style
                   'area '(12 8 30 18) 'alphas (opaque 60))))

; GIMP says where the feathered selection ends.
(with-pictures "a feathered selection"
  (lambda (image content style)
    (gimp-image-select-ellipse image CHANNEL-OP-REPLACE 12 8 24 18)
    (gimp-selection-feather image 6)
    (let* ((bounds (cdr (gimp-selection-bounds image)))
           (x (car bounds))
           (y (cadr bounds))
           (width (- (caddr bounds) x))
           (height (- (cadddr bounds) y))
           (values (selection-values image x y width height)))
      (check-repaint "a feathered selection" image content style
                     'area (list x y width height) 'alphas values)
      (check "a feathered selection has soft edges"
             (and (< (apply min values) 50) (> (apply max values) 200))))))

(with-pictures "the selection is outside the layer"
  (lambda (image content style)
    (gimp-layer-set-offsets content 40 25)
    (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 0 0 20 20)
    (check-refused "the selection is outside the layer" "selection"
                   image content style)))

(define (add-mask image layer)
  (let ((mask (car (gimp-layer-create-mask layer ADD-MASK-WHITE))))
    (gimp-layer-add-mask layer mask)
    (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 0 0 24 32)
    (gimp-context-set-background '(0 0 0))
    (gimp-drawable-edit-clear mask)
    (gimp-selection-none image)
    mask))

; Alphas of a layer whose left half is masked away.
(define (right-half)
  (let ((values '()))
    (do ((y 0 (+ y 3))) ((>= y 32))
      (do ((x 0 (+ x 3))) ((>= x 48))
        (set! values (cons (if (< x 24) 0 255) values))))
    (reverse values)))

(with-pictures "a layer with a mask"
  (lambda (image content style)
    (add-mask image content)
    (check-repaint "a layer with a mask" image content style
                   'alphas (right-half))))

(with-pictures "the mask of a layer"
  (lambda (image content style)
    (let ((mask (add-mask image content)))
      (check-repaint "the mask of a layer" image content style
                     'drawable mask 'alphas (right-half)))))

(with-pictures "a locked layer"
  (lambda (image content style)
    (gimp-item-set-lock-content content TRUE)
    (gimp-item-set-lock-position content TRUE)
    (check-repaint "a locked layer" image content style)
    (check "a locked layer stays locked"
           (= TRUE (car (gimp-item-get-lock-content content))))))

(with-pictures "a hidden layer"
  (lambda (image content style)
    (gimp-item-set-visible content FALSE)
    (check-repaint "a hidden layer" image content style)))

(with-pictures "a channel is refused"
  (lambda (image content style)
    (let ((channel (new-channel image)))
      (gimp-image-insert-channel image channel 0 0)
      (check-refused "a channel is refused" "channel" image channel style))))

(with-pictures "a floating selection is refused"
  (lambda (image content style)
    (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 4 4 20 20)
    (float-selection content)
    (check-error "a floating selection is refused" "floating"
                 (lambda () (repaint image content style)))))
