; SPDX-License-Identifier: GPL-3.0-or-later
; refused.scm: invalid styles, regions and settings

(define image #f)
(define content #f)
(define style #f)
(define other #f)    ; a layer to be given settings

(let ((pictures (new-pictures)))
  (set! image (car pictures))
  (set! content (cadr pictures))
  (set! style (caddr pictures))
  (set! other (car (gimp-layer-new-from-drawable content image)))
  (gimp-image-insert-layer image other 0 2)
  (gimp-image-clean-all image))

; ---- by a script ------------------------------------------------------------

(define (check-styles-refused title part . arguments)
  (check-nothing-done title part image
                      (lambda ()
                        (apply call-styles image content arguments))))

(define (times n value)
  (if (= n 0) '() (cons value (times (- n 1) value))))

(check-styles-refused "no style at all" "no style" '() '() '() '() 0)
(check-styles-refused "more weights than styles" "weights"
                      (list style) '() '(1 1) '() 0)
(check-styles-refused "a weight of nothing" "weight"
                      (list style) '() '(0) '() 0)
(check-styles-refused "too many styles" "16" (times 17 style) '() '() '() 0)
(check-styles-refused "a layer as a region" "region"
                      (list style) '() '() (list other) 0)
(check-styles-refused "nothing is selected" "selected" (list style) '() '()
                      (list (car (gimp-image-get-selection image))) 0)
(check-styles-refused "one of the styles is the content" "to be repainted"
                      (list style content) '() '() '() 0)

(check-styles-refused "a file without a name" "name of a style file is empty"
                      '() (list (picture "style.ppm") "") '() '() 0)
; Nothing is loaded before: the first is no picture.
(check-styles-refused "the second file does not exist" "missing.png"
                      '() (list (picture "text.png") (picture "missing.png"))
                      '() '() 0)

(let* ((pictures (new-pictures))
       (foreign (cadr pictures)))
  (check-refused "a layer of another image" "another image" image foreign style)
  (gimp-image-delete (car pictures)))

; ---- settings from anywhere -------------------------------------------------

(define (check-settings-refused title part text)
  (gimp-item-attach-parasite other (list "pastiche" 0 text))
  (check-nothing-done title part image
                      (lambda () (call-restyle image content other)))
  (gimp-item-detach-parasite other "pastiche"))

(define (settings styles more)
  (string-append "{\"styles\":[" styles "]" more "}"))

(define good-style "{\"name\":\"n\",\"file\":\"file:///missing.png\"}")

(define (doubled text n)
  (if (= n 0) text (doubled (string-append text text) (- n 1))))

(check-nothing-done "a layer without settings" "no settings" image
                    (lambda () (call-restyle image content other)))
(check-settings-refused "settings that are no JSON" "damaged" "[1, 2")
(check-settings-refused "settings that are too deep" "damaged"
                        (doubled "[" 16))
(check-settings-refused "settings without styles" "styles" "{\"seed\":1}")
(check-settings-refused "a style without a source" "number 1"
                        (settings "{\"name\":\"n\"}" ""))
(check-settings-refused "a weight out of range" "number 1"
                        (settings "{\"name\":\"n\",\"layer\":1,\"weight\":-1}"
                                  ""))
(check-settings-refused "a style from elsewhere" "number 1"
                        (settings "{\"name\":\"n\",\"file\":\"http://a.b/c\"}"
                                  ""))
(check-settings-refused "a style file that never ends" "number 1"
                        (settings
                          "{\"name\":\"n\",\"file\":\"file:///dev/zero\"}"
                          ""))
(check-settings-refused "too many styles in the settings" "16"
                        (settings (string-append
                                    (doubled (string-append good-style ",") 5)
                                    good-style) ""))
(check-settings-refused "a style that is gone" "missing.png"
                        (settings good-style ""))
(check-settings-refused "a style named by an absolute path" "number 1"
                        (settings "{\"name\":\"n\",\"file\":\"/dev/zero\"}"
                                  ""))
(check-settings-refused "a style without a name" "number 1"
                        (settings "{\"name\":\"n\",\"file\":\"\"}" ""))
(check-settings-refused "a style without a path that is gone"
                        "gone.png\\\": No such file"
                        (settings "{\"name\":\"n\",\"file\":\"gone.png\"}"
                                  ""))
(check-settings-refused "a layer that is gone" "\\\"n\\\""
                        (settings "{\"name\":\"n\",\"layer\":77}" ""))
(check-settings-refused "a region that is none" "nowhere"
                        (settings (string-append
                                    "{\"name\":\"n\",\"layer\":"
                                    (number->string
                                      (car (gimp-item-get-tattoo style)))
                                    ",\"region\":\"nowhere\"}") ""))
(check-settings-refused "a number out of range" "strength"
                        (settings good-style ",\"strength\":1e9"))
(check-settings-refused "a choice that there is not" "quality"
                        (settings good-style ",\"quality\":\"superb\""))
(check-settings-refused "a network that never ends" "model"
                        (settings good-style ",\"model\":\"/dev/zero\""))
(gimp-image-delete image)
