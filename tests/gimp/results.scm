; SPDX-License-Identifier: GPL-3.0-or-later
; results.scm: results know what they were painted from, and are told apart

(define image #f)
(define content #f)
(define style #f)

(define (start-over)
  (if image (gimp-image-delete image))
  (let ((pictures (new-pictures)))
    (set! image (car pictures))
    (set! content (cadr pictures))
    (set! style (caddr pictures))
    (select-layer image content)
    (gimp-image-clean-all image)))

; The style of the last run.
(remember (string-append "{\"styles\":[{\"name\":\"style\",\"file\":\"file://"
                         (picture "style.ppm") "\",\"weight\":1.0}]}"))

; As the user does with Filters, Repeat.
(define (repeat layer)
  (repaint (car (gimp-item-get-image layer)) layer -1
           'run-mode RUN-WITH-LAST-VALS))

(define (name-of layer)
  (car (gimp-item-get-name layer)))

(define (layer-named image name)
  (let loop ((layers (layers-of image)))
    (cond ((null? layers) #f)
          ((string=? (name-of (car layers)) name) (car layers))
          (else (loop (cdr layers))))))

; ---- what is selected -------------------------------------------------------

(start-over)
(test-case "the selected layer"
  (lambda ()
    (repaint image content style)
    (check-equal "after a run the content is still selected"
                 (selected-layers image) (list content))
    (select-layer image style)
    (repaint image content style)
    (check-equal "or another layer, if that was"
                 (selected-layers image) (list style))
    (if can-select-layers
        (begin
          (gimp-image-set-selected-layers image (vector content style))
          (repaint image content style)
          (check-equal "or several"
                       (length (selected-layers image)) 2)
          (check "those that were"
                 (and (member content (selected-layers image))
                      (member style (selected-layers image))))))))

; ---- what a result was painted from -----------------------------------------

; Checks that repeating @result paints @content.  That has been done before, in
; the same settings, which gave the pixels @wanted.
(define (check-painted-from title result content wanted)
  (test-case title
    (lambda ()
      (let* ((image (car (gimp-item-get-image content)))
             (place (cadr (place-of image content)))
             (again (repeat result)))
        (check-equal (string-append title ": the same comes out")
                     (sample again) wanted)
        (check-equal (string-append title ": it is in the content's image")
                     (car (gimp-item-get-image again)) image)
        (check-equal (string-append title ": it has the content's place")
                     (gimp-drawable-get-offsets again)
                     (gimp-drawable-get-offsets content))
        (gimp-image-remove-layer image again)))))

(define (check-gone title result part)
  (check-nothing-done title part (car (gimp-item-get-image result))
                      (lambda () (repeat result))))

(start-over)
(define result (repeat content))
(define wanted (sample result))
(check-painted-from "a result" result content wanted)

(define duplicate (car (gimp-layer-new-from-drawable result image)))
(gimp-image-insert-layer image duplicate 0 0)
(check-painted-from "a copy of a result" duplicate content wanted)

(define copy (car (gimp-layer-new-from-drawable content image)))
(gimp-image-insert-layer image copy 0 0)
(gimp-drawable-invert copy FALSE)
(check-painted-from "the content has a copy" result content wanted)

(gimp-item-set-name content "renamed")
(gimp-item-set-name copy "content")
(check-painted-from "the copy has its name" result content wanted)
(gimp-item-set-name copy "copy")
(gimp-item-set-name content "content")

(define mask (car (gimp-layer-create-mask result ADD-MASK-WHITE)))
(gimp-layer-add-mask result mask)
(check-painted-from "the mask of a result" mask content wanted)

; By a script, a result is a layer like any other.
(test-case "a script"
  (lambda ()
    (let ((other (repaint image result -1 'file (picture "style.ppm"))))
      (check "a script paints the layer that it names"
             (> (distance (sample other) wanted) 1))
      (gimp-image-remove-layer image other))))

(define kept (string-append folder "/results.xcf"))
(save-image image kept)
(let ((loaded (load-image kept)))
  (check-painted-from "saved and loaded" (layer-named loaded (name-of result))
                      (layer-named loaded "content") wanted)
  (check-painted-from "saved and loaded, a copy of a result"
                      (layer-named loaded (name-of duplicate))
                      (layer-named loaded "content") wanted)
  (gimp-image-remove-layer loaded (layer-named loaded "content"))
  (check-gone "saved and loaded, then removed"
              (layer-named loaded (name-of result)) "\\\"content\\\"")
  (gimp-image-delete loaded))

(let ((twin (car (gimp-image-duplicate image))))
  (check-painted-from "a copy of the image" (layer-named twin (name-of result))
                      (layer-named twin "content") wanted)
  ; Tattoos are others there; by chance they may be those of other layers.
  (gimp-item-set-tattoo (layer-named twin (name-of result))
                        (car (gimp-item-get-tattoo content)))
  (gimp-item-set-tattoo (layer-named twin "copy")
                        (+ 100 (car (gimp-item-get-tattoo content))))
  (check-painted-from "a copy of the image, with other tattoos"
                      (layer-named twin (name-of result))
                      (layer-named twin "content") wanted)
  (gimp-image-delete twin))

; An image whose layer has the content's number.
(let* ((other (cadr (new-pictures)))
       (other-image (car (gimp-item-get-image other)))
       (moved (car (gimp-layer-new-from-drawable result other-image))))
  (gimp-image-insert-layer other-image moved 0 0)
  (for-each (lambda (layer) (gimp-item-set-tattoo layer 1000))
            (layers-of other-image))
  (gimp-item-set-tattoo other (car (gimp-item-get-tattoo content)))
  (check-gone "in an image without the content" moved "\\\"content\\\"")
  (gimp-item-set-tattoo moved (car (gimp-item-get-tattoo result)))
  (check-gone "whose layers have the same numbers" moved "\\\"content\\\"")
  (let ((there (car (gimp-layer-new-from-drawable content other-image))))
    (gimp-image-insert-layer other-image there 0 1)
    (gimp-item-set-tattoo moved 2000)
    (gimp-item-set-name there "there")
    (check-painted-from "the content was copied there, too" moved there
                        wanted))
  (gimp-image-delete other-image))

; The content as it is now.
(gimp-drawable-invert content FALSE)
(test-case "the content was changed"
  (lambda ()
    (let* ((direct (repeat content))
           (pixels (sample direct)))
      (gimp-image-remove-layer image direct)
      (check "the content was changed: so is the picture"
             (> (distance pixels wanted) 1))
      (check-painted-from "the content was changed" result content pixels))))

(gimp-image-remove-layer image content)
(check-gone "the content was removed, its copy was not" result
            "\\\"content\\\"")
(check-gone "a copy of a result, the content is gone" duplicate
            "no longer in the image")

; ---- what anyone may have written -------------------------------------------

(for-each
  (lambda (case)
    (gimp-item-attach-parasite result (list "pastiche-origin" 0 (cdr case)))
    (check-gone (string-append "an origin that is " (car case)) result
                "not known"))
  (list (cons "empty" "")
        (cons "no JSON" "[1, 2")
        (cons "of another kind" "[1, 2]")
        (cons "of other types"
              "{\"id\":1,\"layer\":\"2\",\"content\":[],\"x\":\"a\"}")))
(gimp-item-detach-parasite result "pastiche-origin")
(check-gone "a result of an earlier version" result "not known")

; ---- names ------------------------------------------------------------------

(start-over)
(test-case "names"
  (lambda ()
    (repaint image content style)
    (repaint image content style 'seed 7)
    (repaint image content style 'seed 7 'quality QUALITY-BEST)
    (repaint image content style)
    (repaint image content -1 'file (picture "content.ppm"))
    (check-equal "results are told apart by what differs"
                 (names-of-layers image)
                 '("Pastiche (content)"
                   "Pastiche (style): Quality Draft, Seed 0"
                   "Pastiche (style): Quality Best, Seed 7"
                   "Pastiche (style): Seed 7" "Pastiche (style)" "content"
                   "style"))))

(start-over)
(test-case "names of mixtures"
  (lambda ()
    (let ((files (list (picture "style.ppm") (picture "content.ppm")))
          (selection (car (gimp-image-get-selection image))))
      (call-styles image content '() files '() '() 0)
      (call-styles image content '() files '(2 1) '() 0)
      (call-styles image content '() files '(4 2) '() 0)
      (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 0 0 20 20)
      (call-styles image content '() files '(1 1) (list selection) 0)
      (check-equal "mixtures are told apart by weights and regions"
                   (names-of-layers image)
                   (list (string-append "Pastiche (style + content): 1 : 1, "
                                        "Selection + Elsewhere")
                         "Pastiche (style + content): 4 : 2"
                         "Pastiche (style + content): 2 : 1"
                         "Pastiche (style + content)" "content" "style")))))

; What another layer was painted like does not count.
(start-over)
(test-case "names of other layers"
  (lambda ()
    (repaint image content -1 'file (picture "style.ppm") 'seed 7)
    (repaint image style -1 'file (picture "style.ppm"))
    (check-equal "names of other layers" (names-of-layers image)
                 '("Pastiche (style)" "content" "Pastiche (style) #1"
                   "style"))))
(gimp-image-delete image)
