; SPDX-License-Identifier: GPL-3.0-or-later
; classify.scm: what a head says about layers; classify.sh has made the head

(define head (string-append folder "/head.safetensors"))

(define image #f)
(define content #f)
(define style #f)

(let ((pictures (new-pictures)))
  (set! image (car pictures))
  (set! content (cadr pictures))
  (set! style (caddr pictures)))

(define (check-verdict name drawable wanted)
  (test-case name
    (lambda ()
      (let* ((verdict (call-classify image drawable head))
             (probabilities (cadddr verdict)))
        (check-equal name (car verdict) wanted)
        (check-all (string-append name ", all labels")
          (list
            (cons "these labels"
                  (equal? (caddr verdict) '("pattern" "scene")))
            (cons "the label's is the largest probability"
                  (= (cadr verdict) (apply max probabilities)))
            (cons "it stands where the label stands"
                  (= (cadr verdict)
                     (list-ref probabilities
                               (if (string=? wanted "pattern") 0 1))))
            (cons "their sum is 1"
                  (< (abs (- 1 (apply + probabilities))) 1e-6))))))))

(check-verdict "a scene" content "scene")
(check-verdict "a pattern" style "pattern")
(check "nothing is changed" (= FALSE (car (gimp-image-is-dirty image))))

(gimp-image-convert-precision image PRECISION-FLOAT-LINEAR)
(check-verdict "a scene in linear light" content "scene")

(check-error "no such head" "nothing.safetensors"
             (lambda ()
               (call-classify image content (picture "nothing.safetensors"))))
(check-error "the head is a folder" folder
             (lambda () (call-classify image content folder)))
(check-error "a head without a name" "Choose a head file"
             (lambda () (call-classify image content "")))
(check-error "a picture is no head" "content.ppm"
             (lambda () (call-classify image content (picture "content.ppm"))))
(gimp-layer-add-alpha style)
(gimp-selection-none image)
(gimp-drawable-edit-clear style)
(check-error "nothing to see" "transparent"
             (lambda () (call-classify image style head)))
(gimp-image-delete image)

; ---- the README's example, in a folder with the files that it names ----------

(test-case "the README's example"
  (lambda ()
    (load (string-append folder "/example.scm"))
    (let* ((painting (load-image (string-append folder "/painting.png")))
           (photo (load-image (string-append folder "/photo.jpg"))))
      (check-equal "the README's example: size"
                   (size-of (car (layers-of painting)))
                   (size-of (car (layers-of photo))))
      (check "the README's example: it is painted"
             (> (distance (sample (car (layers-of painting)))
                          (sample (car (layers-of photo))))
                4))
      (gimp-image-delete painting)
      (gimp-image-delete photo))))
