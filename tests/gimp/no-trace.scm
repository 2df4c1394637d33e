; SPDX-License-Identifier: GPL-3.0-or-later
; no-trace.scm: everything that a run without a result must not change

; One number for a sample; other pixels are as good as never the same number.
(define (checksum pixels)
  (let loop ((pixels pixels) (bytes '()) (sum 1))
    (cond ((pair? bytes)
           (loop pixels (cdr bytes)
                 (modulo (+ (* sum 31) (car bytes)) 16777213)))
          ((pair? pixels) (loop (cdr pixels) (car pixels) sum))
          (else sum))))

; What there is to know of a layer, with the layers in it.
(define (state-of-layer layer)
  (list (car (gimp-item-get-name layer))
        (gimp-drawable-get-offsets layer)
        (size-of layer)
        (car (gimp-item-get-visible layer))
        (car (gimp-item-get-lock-content layer))
        (car (gimp-item-get-lock-position layer))
        (if (= TRUE (car (gimp-item-is-group layer)))
            (map state-of-layer (children-of layer))
            (fingerprint layer))))

(define (states-of-layers image)
  (map state-of-layer (layers-of image)))

; The whole image.  If states are equal, nothing visible has changed.
(define (state-of image)
  (list (list 'layers (states-of-layers image))
        (list 'selected-layers (selected-layers image))
        (list 'selection (gimp-selection-bounds image))
        (list 'unsaved-changes (car (gimp-image-is-dirty image)))
        (list 'undo (car (gimp-image-undo-is-enabled image)))))

; Names of layers, from top to bottom; of a group, a list of its own name and
; theirs.
(define (names-of-layers image)
  (letrec ((name (lambda (layer)
                   (if (= TRUE (car (gimp-item-is-group layer)))
                       (cons (car (gimp-item-get-name layer))
                             (map name (children-of layer)))
                       (car (gimp-item-get-name layer))))))
    (map name (layers-of image))))

; One check that image has the state wanted, with what has another.
(define (check-state name image wanted)
  (check-all name
             (map (lambda (part)
                    (cons (symbol->string (car part))
                          (member part wanted)))
                  (state-of image))))
