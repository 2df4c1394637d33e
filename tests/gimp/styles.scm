; SPDX-License-Identifier: GPL-3.0-or-later
; styles.scm: sources of the style, several layers, and repeated runs

(define image #f)
(define content #f)
(define style #f)

(define (start-over)
  (if image (gimp-image-delete image))
  (let ((pictures (new-pictures)))
    (set! image (car pictures))
    (set! content (cadr pictures))
    (set! style (caddr pictures))))

; ---- sources of the style ---------------------------------------------------

(start-over)
(let ((other (load-image (picture "style.ppm"))))
  (gimp-item-set-name (car (layers-of other)) "of another image")
  (test-case "the style is a layer of another image"
    (lambda ()
      (check-repaint "the style is a layer of another image"
                     image content (car (layers-of other))
                     'name "of another image")))
  (gimp-image-delete other))

(start-over)
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

(start-over)
(check-refused "there is no style" "style" image content -1)
(check-refused "the style is the content" "style" image content content)
(check-refused "the style file does not exist" "missing.png\\\": No such file"
               image content -1 'file (picture "missing.png"))
(check-refused "the style file is a folder" "Is a directory" image content -1
               'file folder)
(check-refused "the style file is a device" "/dev/null\\\": it is not a regular"
               image content -1 'file "/dev/null")
(check-repaint "a style file, and the content as the style layer" image content
               content 'file (picture "style.ppm") 'name "style")
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

; ---- several layers ---------------------------------------------------------

; Names of the layers after thunk, or its error.
(define (names-after thunk)
  (let ((message (error-of thunk)))
    (or message (names-of-layers image))))

(define (check-several)
  (let ((layers (list style content)))
    (check-equal "the lowest layer is repainted in the style of the others"
                 (names-after
                   (lambda () (call-with-layers image layers '() '())))
                 '("content" "Pastiche (content)" "style"))
    (check-equal "their weights"
                 (names-after
                   (lambda () (call-with-layers image layers '() '(2))))
                 '("content" "Pastiche (content) #1" "Pastiche (content)"
                   "style"))
    (check-nothing-done "several layers and a style"
                        "Several layers were given" image
                        (lambda ()
                          (call-with-layers image layers
                                            (list (picture "style.ppm")) '())))
    (check-nothing-done "no layer" "Select a layer" image
                        (lambda () (call-with-layers image '() '() '())))))

(start-over)
(if can-select-layers
    (test-case "several layers" check-several))

; The result is where the settings are, wherever it lies.
(define (check-restyle-several)
  (let ((result (repaint image content style))
        (other (car (gimp-layer-new-from-drawable content image))))
    (gimp-image-insert-layer image other 0 0)
    (gimp-item-set-name other "other")
    (restyle-layers image (list content result))
    (restyle-layers image (list result other))
    (check-equal "restyled with the settings of the result among the layers"
                 (names-of-layers image)
                 '("Pastiche (style) #2" "other" "Pastiche (style) #1"
                   "Pastiche (style)" "content" "style"))))

(start-over)
(if can-select-layers
    (test-case "several layers to restyle" check-restyle-several))

; ---- the same again ---------------------------------------------------------

(start-over)
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

(start-over)
(test-case "with the last values"
  (lambda ()
    (check-repaint "with the last values the first other layer is the style"
                   image content -1
                   'run-mode RUN-WITH-LAST-VALS)))
(gimp-image-delete image)
