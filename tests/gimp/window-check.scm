; SPDX-License-Identifier: GPL-3.0-or-later
; window-check.scm: looks at the images that window.sh has saved on its way

(define (saved name)
  (load-image (string-append folder "/" name ".xcf")))

; Each pixel is a call of GIMP, and there are fifteen layers.
(define (look layer)
  (sample-every 9 layer))

(define (names image)
  (map (lambda (layer) (car (gimp-item-get-name layer))) (layers-of image)))

(define original (map look (layers-of (saved "original"))))

(define (check-original title name)
  (let ((image (saved name)))
    (check-equal (string-append title ": the layers are those of before")
                 (names image) '("content" "style"))
    (check (string-append title ": their pixels are those of before")
           (equal? (map look (layers-of image)) original))))

; Returns the sample of the new layer.
(define (check-result title name)
  (let* ((image (saved name))
         (layers (layers-of image))
         (samples (map look layers)))
    (check-equal (string-append title ": there is one new layer, on top")
                 (names image) '("Pastiche (style)" "content" "style"))
    (check (string-append title ": the other layers are as before")
           (equal? (cdr samples) original))
    (check (string-append title ": the new layer is another picture")
           (> (distance (car samples) (cadr samples)) 4))
    (check (string-append title ": the parameters are kept")
           (contains? (parameters-of (car layers)) "\"style\":\"style\""))
    (check (string-append title ": the new layer is not locked")
           (= FALSE (car (gimp-item-get-lock-position (car layers)))))
    (car samples)))

(define whole #f)
(define kept #f)

(define (parameters-of-result name)
  (parameters-of (car (layers-of (saved name)))))

(test-case "OK" (lambda () (set! whole (check-result "OK" "whole"))))
(test-case "settings"
  (lambda ()
    (let ((text (parameters-of-result "whole")))
      (check "settings: Reset resets what was typed"
             (contains? text "\"strength\":50"))
      (check "settings: what is being typed when OK is pressed counts"
             (contains? text "\"freedom\":30")))))
(test-case "one undo" (lambda () (check-original "one undo" "undone")))
(test-case "repeated, stopped and kept"
  (lambda ()
    (set! kept (check-result "repeated, stopped and kept" "kept"))
    (check "repeated, stopped and kept: it is not the complete picture"
           (not (equal? kept whole)))))
(test-case "one undo after that"
  (lambda ()
    (check-original "one undo after that" "undone-kept")))

; What had been undone could be redone after a cancelled run: that has added
; neither steps nor layers.
(test-case "cancel, then redo"
  (lambda ()
    (check-equal "cancel, then redo: the kept layer is back"
                 (check-result "cancel, then redo" "redone") kept)))
