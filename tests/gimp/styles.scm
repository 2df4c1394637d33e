; SPDX-License-Identifier: GPL-3.0-or-later
; styles.scm: where the style comes from, and what a run is repeated with

(define image #f)
(define content #f)
(define style #f)

(define (begin-anew)
  (if image (gimp-image-delete image))
  (let ((pictures (new-pictures)))
    (set! image (car pictures))
    (set! content (cadr pictures))
    (set! style (caddr pictures))))

; ---- sources of the style ---------------------------------------------------

(begin-anew)
(let ((other (load-image (picture "style.ppm"))))
  (gimp-item-set-name (car (layers-of other)) "of another image")
  (test-case "the style is a layer of another image"
    (lambda ()
      (check-repaint "the style is a layer of another image"
                     image content (car (layers-of other))
                     'name "of another image")))
  (gimp-image-delete other))

(begin-anew)
(define of-file #f)
(test-case "the style is a file"
  (lambda ()
    (set! of-file
      (check-repaint "the style is a file" image content -1
                     'file (picture "style.ppm") 'name "style"))
    ; Not equal to the last bit: GIMP reads the two in different ways.
    (check "a file and a layer of the same picture do the same"
           (< (distance (sample of-file)
                        (sample (repaint image content style)))
              10))))

(begin-anew)
(check-refused "there is no style" "style" image content -1)
(check-refused "the style is the content" "style" image content content)
(check-refused "the style file does not exist" "style" image content -1
               'file (picture "missing.png"))
(check-refused "the style file is not a picture" "text.png" image content -1
               'file (picture "text.png"))
(check "the reason is given"
       (not (contains? (text-of (error-of (lambda ()
                         (repaint image content -1
                                  'file (picture "text.png")))))
                       "success")))
(check-refused "there is no such network" "unheard-of" image content style
               'model "unheard-of")
(check-refused "the network is no network" "text.png" image content style
               'model (picture "text.png"))

(gimp-layer-add-alpha style)
(gimp-selection-none image)
(gimp-drawable-edit-clear style)
(check-refused "the style is transparent" "transparent" image content style)

; ---- the same again ---------------------------------------------------------

(begin-anew)
(test-case "seeds"
  (lambda ()
    (let* ((first (repaint image content style 'seed 7))
           (second (repaint image content style 'seed 7))
           (other (repaint image content style 'seed 8)))
      (check-equal "the same seed makes the same pixels"
                   (sample second) (sample first))
      (check "another seed makes other pixels"
             (not (equal? (sample other) (sample first))))
      (check "the parameters are kept with the layer"
             (starts-with? (parameters-of first)
                           (string-append
                             "{\"style\":\"style\",\"strength\":50.0,"
                             "\"freedom\":50.0,\"structure\":\"close\","
                             "\"style-scale\":1.0,"
                             "\"colors\":\"style\",\"quality\":\"draft\","
                             "\"size\":0,\"seed\":7,\"model\":\"compact\""))))))

(begin-anew)
(test-case "with the last values"
  (lambda ()
    (check-repaint "with the last values the first other layer is the style"
                   image content -1
                   'run-mode RUN-WITH-LAST-VALS)))
(gimp-image-delete image)
