; SPDX-License-Identifier: GPL-3.0-or-later
; series-3.scm: what the checks need, in the words of GIMP 3

(define (load-image file)
  (car (gimp-file-load RUN-NONINTERACTIVE file)))

; Whether a script may delete an image that a plug-in works on.  GIMP 3.0 lets
; it, and crashes.
(define can-delete-images #f)

; Whether several layers can be selected.
(define can-select-layers #t)

; Names of files, in any order.
(define (files-like pattern)
  (car (file-glob #:pattern pattern)))

(define (open-images)
  (vector->list (car (gimp-get-images))))

; The layers at the top level, the uppermost first.
(define (layers-of image)
  (vector->list (car (gimp-image-get-layers image))))

; Those in a group.
(define (children-of group)
  (vector->list (car (gimp-item-get-children group))))

(define (selected-layers image)
  (vector->list (car (gimp-image-get-selected-layers image))))

(define (save-image image file)
  (gimp-file-save RUN-NONINTERACTIVE image file))

(define (select-layer image layer)
  (gimp-image-set-selected-layers image (vector layer)))

(define (new-layer-group image)
  (car (gimp-group-layer-new image "group")))

(define (new-channel image)
  (car (gimp-channel-new image "channel" 48 32 100 "black")))

; Names of the parasites of an item.
(define (parasites-of item)
  (car (gimp-item-get-parasite-list item)))

; Copies the selected part and leaves it floating.
(define (float-selection drawable)
  (gimp-edit-copy (vector drawable))
  (gimp-edit-paste drawable FALSE))

; Bytes of red, green, blue and alpha of a layer of an 8-bit RGBA image.
(define (pixel-of layer x y)
  (car (gimp-drawable-get-pixel layer x y)))

(define QUALITY-DRAFT "draft")
(define QUALITY-BEST "best")

; style: a layer, or -1 for the file; file: "" for none.
(define (call-pastiche run-mode image drawable style file quality size seed
                       model)
  (car (if (string=? file "")
           (plug-in-pastiche #:run-mode run-mode #:image image
                             #:drawables (vector drawable)
                             #:style style
                             #:quality quality #:size size
                             #:seed seed #:model model)
           (plug-in-pastiche #:run-mode run-mode #:image image
                             #:drawables (vector drawable)
                             #:style style #:style-file file
                             #:quality quality #:size size
                             #:seed seed #:model model))))

; layers: a list; files: of their names; weights: of numbers; regions: of
; channels, the selection or masks.
(define (call-styles image drawable layers files weights regions seed)
  (car (plug-in-pastiche #:run-mode RUN-NONINTERACTIVE #:image image
                         #:drawables (vector drawable)
                         #:styles (list->vector layers) #:style-files files
                         #:style-weights (list->vector weights)
                         #:regions (list->vector regions)
                         #:quality "draft" #:seed seed)))

; layers: a list, in any order; files, weights: as for call-styles.
(define (call-with-layers image layers files weights)
  (plug-in-pastiche #:run-mode RUN-NONINTERACTIVE #:image image
                    #:drawables (list->vector layers) #:style-files files
                    #:style-weights (list->vector weights) #:quality "draft"))

(define (restyle-layers image layers)
  (plug-in-pastiche-restyle #:run-mode RUN-NONINTERACTIVE #:image image
                            #:drawables (list->vector layers)))

; What Pastiche reads, see read-pictures.c: an image.
(define (read-pictures content style file region side)
  (car (plug-in-read-pictures #:content content #:style style #:file file
                              #:region region #:side side)))

(define (convert-profile image file)
  (gimp-image-convert-color-profile-from-file
    image file COLOR-RENDERING-INTENT-RELATIVE-COLORIMETRIC TRUE))

; Whether layers can have effects.
(define has-effects #t)

(define (add-effect drawable operation)
  (gimp-drawable-append-new-filter drawable operation "effect"
                                   LAYER-MODE-REPLACE 1.0))

; layer: the one whose settings are taken.
(define (call-restyle image drawable layer)
  (car (plug-in-pastiche-restyle #:run-mode RUN-NONINTERACTIVE #:image image
                                 #:drawables (vector drawable)
                                 #:layer layer)))

; What the head in a file says: label, probability, all labels, all
; probabilities.
(define (call-classify image drawable head)
  (let ((values (plug-in-pastiche-classify #:drawable drawable #:head head)))
    (list (car values) (cadr values) (caddr values)
          (vector->list (cadddr values)))))
