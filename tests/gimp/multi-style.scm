; SPDX-License-Identifier: GPL-3.0-or-later
; multi-style.scm: several styles, where they go, and the same again

(define image #f)
(define content #f)
(define style #f)
(define other #f)    ; a second style layer

(define (start-over)
  (if image (gimp-image-delete image))
  (let ((pictures (new-pictures)))
    (set! image (car pictures))
    (set! content (cadr pictures))
    (set! style (caddr pictures))
    (set! other (car (gimp-layer-new-from-drawable content image)))
    (gimp-image-insert-layer image other 0 2)
    (gimp-item-set-name other "other")
    (gimp-drawable-invert other FALSE)
    (gimp-image-clean-all image)))

; The samples of the grid whose column is one that wanted? likes.
(define (columns pixels wanted?)
  (let loop ((rest pixels) (x 0) (found '()))
    (if (null? rest)
        (reverse found)
        (loop (cdr rest) (modulo (+ x 3) 48)
              (if (wanted? x) (cons (car rest) found) found)))))

(define (left pixels) (columns pixels (lambda (x) (< x 24))))
(define (right pixels) (columns pixels (lambda (x) (>= x 24))))

; A channel of the image: white from x on, black left of it.
(define (white-from x)
  (let ((channel (new-channel image)))
    (gimp-image-insert-channel image channel 0 0)
    (gimp-image-select-rectangle image CHANNEL-OP-REPLACE x 0 (- 48 x) 32)
    (gimp-context-set-foreground '(255 255 255))
    (gimp-drawable-edit-fill channel FILL-FOREGROUND)
    (gimp-selection-none image)
    (gimp-image-clean-all image)
    channel))

; ---- weights ----------------------------------------------------------------

(start-over)
(test-case "weights"
  (lambda ()
    (let* ((alone (sample (repaint image content style)))
           (first (call-styles image content (list style other) '()
                               '(100 0.01) '() 0))
           (second (call-styles image content (list style)
                                (list (picture "content.ppm"))
                                '(0.01 100) '() 0)))
      (check "a style with nearly all the weight is like one alone"
             (< (distance (sample first) alone) 6))
      (check "a style with hardly any weight is not"
             (> (distance (sample second) alone) 12))
      (check-all "the result says what it was made of"
        (list
          (cons "the layer's name"
                (contains? (car (gimp-item-get-name first)) "style + other"))
          (cons "a weight"
                (contains? (parameters-of first) "\"weight\":100"))
          (cons "a file"
                (contains? (parameters-of second) "content.ppm")))))))

; ---- regions ----------------------------------------------------------------

(start-over)
(define in-channel #f)
(test-case "a channel"
  (lambda ()
    (let ((before (sample content)))
      (set! in-channel (call-styles image content (list style) '() '()
                                    (list (white-from 24)) 0))
      (check-equal "outside of the channel the content stays as it is"
                   (left (sample in-channel)) (left before))
      (check "in the channel it does not"
             (> (distance (right (sample in-channel)) (right before)) 8)))))

(test-case "the settings of that layer"
  (lambda ()
    (let ((again (call-restyle image content in-channel)))
      (check-equal "with the settings of a layer the same comes out"
                   (sample again) (sample in-channel))
      (check-equal "and is said of it"
                   (parameters-of again) (parameters-of in-channel))
      (check-equal "it does not come below that layer"
                   (car (layers-of image)) again))))

(test-case "the settings in a file"
  (lambda ()
    (let ((file (string-append folder "/kept.xcf"))
          (wanted (sample in-channel)))
      (save-image image file)
      (gimp-image-delete image)
      (set! image (load-image file))
      (let* ((layers (layers-of image))
             (again (call-restyle image (caddr layers) (car layers))))
        (check-equal "in another session too" (sample again) wanted)))))

; No paths go with an image: files are found again in its folder, in that of the
; style library, and where the last styles were.

(define (save-style name)
  (let ((file (string-append folder "/" name))
        (source (load-image (picture "style.ppm"))))
    (save-image source file)
    (gimp-image-delete source)
    file))

(start-over)
(test-case "a file below the image's folder"
  (lambda ()
    (let ((kept (string-append folder "/beside.xcf")))
      (dir-make (string-append folder "/my styles"))
      (save-image image kept)
      (gimp-image-delete image)
      (set! image (load-image kept))
      (let* ((file (save-style "my styles/a.ppm"))
             (content (car (layers-of image)))
             (result (call-styles image content '() (list file) '() '() 0))
             (wanted (sample result)))
        (check "its path is that below the folder"
               (contains? (parameters-of result)
                          "\"file\":\"my%20styles/a.ppm\""))
        (check "there is no other path"
               (not (contains? (parameters-of result) folder)))
        (save-image image kept)
        (gimp-image-delete image)
        (set! image (load-image kept))
        (check-equal "the paths of the session are not saved"
                     (parasites-of (car (layers-of image)))
                     '("pastiche-origin" "pastiche"))
        (check-equal "the file is found again"
                     (sample (call-restyle image (cadr (layers-of image))
                                           (car (layers-of image))))
                     wanted)))))

(define away (string-append folder "/away"))

(start-over)
(test-case "a file elsewhere"
  (lambda ()
    (dir-make away)
    (let* ((file (save-style "away/b.ppm"))
           (kept (string-append folder "/my styles/elsewhere.xcf")))
      (save-image image kept)
      (gimp-image-delete image)
      (set! image (load-image kept))
      (let* ((content (car (layers-of image)))
             (result (call-styles image content '() (list file) '() '() 0))
             (again (lambda ()
                      (call-restyle image (cadr (layers-of image))
                                    (car (layers-of image)))))
             (wanted (sample result)))
        (check "only its name is kept"
               (contains? (parameters-of result) "\"file\":\"b.ppm\""))
        (check-equal "in the same session it is found"
                     (sample (call-restyle image content result)) wanted)
        (gimp-image-remove-layer image (car (layers-of image)))
        (save-image image kept)
        (gimp-image-delete image)
        (set! image (load-image kept))
        (check-nothing-done "it is not found" "my styles/b.ppm" image again)
        (remember (string-append "{\"folders\":[\"file:///nowhere\","
                                 "\"file://" away "\"]}"))
        (check-equal "it is found in a folder of the gallery"
                     (sample (again)) wanted)
        (gimp-image-remove-layer image (car (layers-of image)))
        (remember (string-append "{\"styles\":[{\"name\":\"x\",\"file\":"
                                 "\"file://" away "/c.ppm\",\"weight\":1}]}"))
        (check-equal "it is found beside the last styles"
                     (sample (again)) wanted)
        (remember "{}")))))

(start-over)
(test-case "a layer of another image"
  (lambda ()
    (let* ((other (string-append away "/other.xcf"))
           (source (begin (save-image image other) (load-image other)))
           (result (repaint image content (cadr (layers-of source))))
           (wanted (sample result))
           (kept (string-append folder "/layer.xcf")))
      (check "there is no path"
             (not (contains? (parameters-of result) "file:")))
      (save-image image kept)
      (gimp-image-delete image)
      (set! image (load-image kept))
      (check-equal "it is found in the image of that name"
                   (sample (call-restyle image (cadr (layers-of image))
                                         (car (layers-of image))))
                   wanted)
      (gimp-image-delete source))))

(start-over)
(test-case "the selection"
  (lambda ()
    (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 24 0 24 32)
    (let ((result (call-styles image content (list style other) '() '()
                               (list (car (gimp-image-get-selection image)))
                               0)))
      (gimp-selection-none image)
      (check-equal "with a style for the rest the layer is whole"
                   (size-of result) '(48 32))
      (check "both parts are painted"
             (and (> (distance (left (sample result))
                               (left (sample content))) 8)
                  (> (distance (right (sample result))
                               (right (sample content))) 8))))))

; The mask is a region now, and does not make the content transparent.
(start-over)
(test-case "the layer mask"
  (lambda ()
    (let ((before (sample content))
          (mask (car (gimp-layer-create-mask content ADD-MASK-WHITE))))
      (gimp-layer-add-mask content mask)
      (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 0 0 24 32)
      (gimp-context-set-background '(0 0 0))
      (gimp-drawable-edit-clear mask)
      (gimp-selection-none image)
      (let ((result (call-styles image content (list style) '() '()
                                 (list mask) 0)))
        (check-equal "where the mask is black the content stays as it is"
                     (left (sample result)) (left before))
        (check "where it is white it does not"
               (> (distance (right (sample result)) (right before)) 8))))))

; ---- which part of a style counts -------------------------------------------

(start-over)
(test-case "the style's mask"
  (lambda ()
    (gimp-layer-add-mask style (car (gimp-layer-create-mask
                                      style ADD-MASK-BLACK)))
    (check-nothing-done "a style that is masked away is refused" "transparent"
                        image (lambda () (repaint image content style)))))

; ---- the last run, of this session or an earlier one ------------------------

(start-over)
(test-case "repeated"
  (lambda ()
    (remember (string-append "{\"styles\":[{\"name\":\"x\",\"file\":\"file://"
                             (picture "style.ppm") "\",\"weight\":1.0}]}"))
    (check-repaint "repeated with a file" image content -1
                   'run-mode RUN-WITH-LAST-VALS)
    (remember (string-append "{\"styles\":[{\"name\":\"lost one\","
                             "\"layer\":77,\"weight\":1.0}]}"))
    (check-refused "repeated with a layer that is gone" "lost one"
                   image content -1 'run-mode RUN-WITH-LAST-VALS)
    (for-each (lambda (text)
                (start-over)
                (remember text)
                (check-repaint (string-append "nothing is remembered: " text)
                               image content -1
                               'run-mode RUN-WITH-LAST-VALS))
              '("" "{" "[]" "{\"styles\":7,\"folders\":{},\"source\":[]}"
                "{\"styles\":[{\"name\":\"x\"}],\"folders\":[7]}"))))
(gimp-image-delete image)
