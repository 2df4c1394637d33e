; SPDX-License-Identifier: GPL-3.0-or-later
; series-2.10.scm: what the checks need, in the words of GIMP 2.10
;
; Where GIMP 3 only has another name, that name is used.

(define gimp-drawable-get-width gimp-drawable-width)
(define gimp-drawable-get-height gimp-drawable-height)
(define gimp-drawable-get-offsets gimp-drawable-offsets)
(define gimp-item-id-is-layer gimp-item-is-layer)

(define PRECISION-U8-NON-LINEAR PRECISION-U8-GAMMA)
(define PRECISION-U16-NON-LINEAR PRECISION-U16-GAMMA)
(define PRECISION-U32-NON-LINEAR PRECISION-U32-GAMMA)
(define PRECISION-HALF-NON-LINEAR PRECISION-HALF-GAMMA)
(define PRECISION-FLOAT-NON-LINEAR PRECISION-FLOAT-GAMMA)

(define (load-image file)
  (car (gimp-file-load RUN-NONINTERACTIVE file file)))

; Whether a script may delete an image that a plug-in works on.
(define can-delete-images #t)

; Whether several layers can be selected.
(define can-select-layers #f)

; Names of files, in any order.
(define (files-like pattern)
  (cadr (file-glob pattern 1)))

(define (open-images)
  (vector->list (cadr (gimp-image-list))))

; The layers at the top level, the uppermost first.
(define (layers-of image)
  (vector->list (cadr (gimp-image-get-layers image))))

; Those in a group.
(define (children-of group)
  (vector->list (cadr (gimp-item-get-children group))))

(define (selected-layers image)
  (list (car (gimp-image-get-active-layer image))))

(define (save-image image file)
  (gimp-file-save RUN-NONINTERACTIVE image (car (layers-of image)) file file))

(define (select-layer image layer)
  (gimp-image-set-active-layer image layer))

(define (new-layer-group image)
  (car (gimp-layer-group-new image)))

(define (new-channel image)
  (car (gimp-channel-new image 48 32 "channel" 100 '(0 0 0))))

; Names of the parasites of an item.
(define (parasites-of item)
  (cadr (gimp-item-get-parasite-list item)))

; Copies the selected part and leaves it floating.
(define (float-selection drawable)
  (gimp-edit-copy drawable)
  (gimp-edit-paste drawable FALSE))

; Bytes of red, green, blue and alpha of a layer of an 8-bit RGBA image.
(define (pixel-of layer x y)
  (vector->list (cadr (gimp-drawable-get-pixel layer x y))))

(define QUALITY-DRAFT 0)
(define QUALITY-BEST 2)

; style: a layer, or -1 for the file; file: "" for none.
(define (call-pastiche run-mode image drawable style file quality size seed
                       model)
  (car (plug-in-pastiche run-mode image drawable style file
                         50 50 0 1.0       ; strength freedom structure
                                           ; style-scale
                         0                 ; colors
                         quality size seed model
                         FALSE 20.0 0      ; tileable smoothness iterations
                         0.0 0 0)))        ; detail precision memory-limit

; layers: a list; files: of their names; weights: of numbers; regions: of
; channels, the selection or masks.
(define (call-styles image drawable layers files weights regions seed)
  (car (plug-in-pastiche-styles RUN-NONINTERACTIVE image drawable
                                (length layers) (list->vector layers)
                                (length files) files
                                (length weights) (list->vector weights)
                                (length regions) (list->vector regions)
                                50 50 0 1.0 0 0 0 seed ""
                                FALSE 20.0 0 0.0 0 0)))

; What Pastiche reads, see read-pictures.c: an image.
(define (read-pictures content style file region side)
  (car (plug-in-read-pictures content style file region side)))

(define (convert-profile image file)
  (gimp-image-convert-color-profile-from-file
    image (string-append "file://" file)
    COLOR-RENDERING-INTENT-RELATIVE-COLORIMETRIC TRUE))

; Whether layers can have effects.
(define has-effects #f)

; layer: the one whose settings are taken.
(define (call-restyle image drawable layer)
  (car (plug-in-pastiche-restyle RUN-NONINTERACTIVE image drawable layer)))

; What the head in a file says: label, probability, all labels, all
; probabilities.
(define (call-classify image drawable head)
  (let ((values (plug-in-pastiche-classify RUN-NONINTERACTIVE image drawable
                                           head)))
    (list (car values) (cadr values) (list-ref values 3)
          (vector->list (list-ref values 5)))))
