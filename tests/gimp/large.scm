; SPDX-License-Identifier: GPL-3.0-or-later
; large.scm: a layer of 16 megapixels, painted at a small size

; Bytes of the layer reduced to 48×48 pixels.
(define (sample-reduced layer)
  (let* ((scratch (car (gimp-image-new 1 1 RGB)))
         (copy (car (gimp-layer-new-from-drawable layer scratch))))
    (gimp-image-insert-layer scratch copy 0 0)
    (gimp-layer-scale copy 48 48 FALSE)
    (let ((pixels (sample copy)))
      (gimp-image-delete scratch)
      pixels)))

(define pictures-now (new-pictures))
(define image (car pictures-now))
(define content (cadr pictures-now))
(gimp-layer-scale content 4000 4000 FALSE)
(gimp-image-clean-all image)

(test-case "16 megapixels"
  (lambda ()
    (let* ((before (sample-reduced content))
           (result (repaint image content (caddr pictures-now) 'size 64))
           (after (sample-reduced result))
           (apart (distance before after)))
      (say "# " (number->string apart) " from the content")
      (check-all "16 megapixels"
        (list
          (cons "the result is above the content"
                (equal? (cadr (layers-of image)) content))
          (cons "it is as large" (equal? (size-of result) '(4000 4000)))
          (cons "it is opaque" (= 255 (apply min (alphas after))))
          ; 100 would be another picture, or none
          (cons "it is the content, painted" (and (> apart 4) (< apart 50)))
          (cons "the content is as before"
                (equal? (sample-reduced content) before)))))))

; Larger than the engine takes: it is read at the size that is painted.
(gimp-image-delete image)
(set! image (car (new-pictures)))
(set! content (car (layers-of image)))
(define style (cadr (layers-of image)))
(gimp-layer-scale content 17000 24 FALSE)

(test-case "17000 pixels"
  (lambda ()
    (let* ((before (sample-reduced content))
           (result (repaint image content style 'size 256))
           (apart (distance before (sample-reduced result))))
      (say "# " (number->string apart) " from the content")
      (check-all "17000 pixels"
        (list
          (cons "the result is above the content"
                (equal? (cadr (layers-of image)) content))
          (cons "it is as large" (equal? (size-of result) '(17000 24)))
          (cons "it is opaque"
                (= 255 (apply min (alphas (sample-reduced result)))))
          (cons "it is the content, painted" (and (> apart 4) (< apart 50))))))
    (gimp-layer-scale style 40 17000 FALSE)
    (check "so is a style"
           (= TRUE (car (gimp-item-id-is-layer
                          (repaint image content style 'size 256)))))))

(check-error "17000 pixels without a size are refused" "Set Size"
             (lambda () (repaint image content style)))
(gimp-image-delete image)
