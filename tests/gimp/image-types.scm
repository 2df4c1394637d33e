; SPDX-License-Identifier: GPL-3.0-or-later
; image-types.scm: layers of every type of image

(define (check-type precision is-gray has-alpha)
  (let* ((name (string-append (if is-gray "gray, " "RGB, ")
                              (if has-alpha "alpha, " "no alpha, ")
                              (car precision)))
         (pictures (new-pictures))
         (image (car pictures))
         (content (cadr pictures)))
    (test-case name
      (lambda ()
        (if has-alpha (cut-corner image content))
        (if is-gray (gimp-image-convert-grayscale image))
        (if (not (equal? (car (gimp-image-get-precision image))
                         (cdr precision)))
            (gimp-image-convert-precision image (cdr precision)))
        (check-repaint name image content (caddr pictures))))
    (gimp-image-delete image)))

; Every precision in color and gray, and all four combinations both linear and
; not.  All of all would take twice the time.
(for-each
  (lambda (precision)
    (check-type precision #f (is-linear? precision))
    (check-type precision #t (not (is-linear? precision))))
  precisions)
(let ((usual (cadr precisions)))
  (check-type usual #f #t)
  (check-type usual #t #f))

(let* ((pictures (new-pictures))
       (image (car pictures)))
  (gimp-image-convert-indexed image CONVERT-DITHER-NONE
                              CONVERT-PALETTE-GENERATE 16 FALSE FALSE "")
  (check-refused "indexed is refused" "Mode" image (cadr pictures)
                 (caddr pictures))
  (gimp-image-delete image))
