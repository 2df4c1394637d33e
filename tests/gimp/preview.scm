; SPDX-License-Identifier: GPL-3.0-or-later
; preview.scm: what the preview is made of, against what the run is made of
;
; read-pictures.c has the layers "run content", "preview content", and so on.

(define (named name layers)
  (cond ((null? layers) #f)
        ((string=? (car (gimp-item-get-name (car layers))) name) (car layers))
        (else (named name (cdr layers)))))

; A grid of pixels of a layer of what is read; #f if there is no such layer.
(define (look layer)
  (and layer (pixels-of layer 5)))

; The same of any layer.
(define (look-at drawable)
  (sample-every 5 drawable))

; The largest difference between the bytes of two of them.
(define (difference a b)
  (let loop ((a a) (b b) (most 0))
    (if (or (null? a) (null? b))
        (if (and (null? a) (null? b)) most 255)
        (loop (cdr a) (cdr b)
              (apply max most (map (lambda (one other) (abs (- one other)))
                                   (car a) (car b)))))))

(define (check-near title got wanted limit)
  (let ((most (and got wanted (difference got wanted))))
    (if (not (check title (and most (<= most limit))))
        (say "# differs by " (text-of most) ", limit " (text-of limit)))))

; The preview's and the run's are alike.  Returns what the run has, as a list of
; content, style and region.
(define (check-alike title content style file region)
  (let* ((image (read-pictures content style file region 256))
         (layers (layers-of image))
         (of-run
           (map (lambda (what)
                  (let ((run (look (named (string-append "run " what) layers)))
                        (preview (look (named (string-append "preview " what)
                                              layers))))
                    (if (or run preview)
                        (check-near (string-append title ", " what)
                                    preview run 3))
                    run))
                '("content" "style" "region"))))
    (gimp-image-delete image)
    of-run))

; Scaled down they are, too.
(define (check-reduced title content style region)
  (let* ((image (read-pictures content style "" region 16))
         (layers (layers-of image)))
    (gimp-context-set-interpolation INTERPOLATION-LINEAR)
    (for-each
      (lambda (what)
        (let ((run (named (string-append "run " what) layers))
              (preview (named (string-append "preview " what) layers)))
          (gimp-layer-scale run (car (gimp-drawable-get-width preview))
                            (car (gimp-drawable-get-height preview)) FALSE)
          (check (string-append title ", " what ", scaled down")
                 (< (distance (look preview) (look run)) 12))))
      '("content" "style" "region"))
    (gimp-image-delete image)))

; ---- every precision --------------------------------------------------------

; A channel with a soft edge.
(define (soft-channel image)
  (let ((channel (new-channel image)))
    (gimp-image-insert-channel image channel 0 0)
    (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 20 8 28 24)
    (gimp-selection-feather image 12)
    (gimp-context-set-foreground '(255 255 255))
    (gimp-drawable-edit-fill channel FILL-FOREGROUND)
    (gimp-selection-none image)
    channel))

; The same of a layer in gray.
(define (look-at-gray layer)
  (let* ((image (car (gimp-image-new 1 1 RGB)))
         (copy (car (gimp-layer-new-from-drawable layer image))))
    (gimp-image-insert-layer image copy 0 0)
    (gimp-image-convert-grayscale image)
    (let ((pixels (look-at copy)))
      (gimp-image-delete image)
      pixels)))

(define (check-precision precision is-gray has-alpha profile)
  (let* ((title (string-append (car precision) (if is-gray ", gray" ", RGB")
                               (if has-alpha ", alpha" "")
                               (if profile ", profile" "")))
         (pictures (new-pictures))
         (image (car pictures))
         (content (cadr pictures))
         (style (caddr pictures))
         (region (soft-channel image))
         (see (if is-gray look-at-gray look-at)))
    (test-case title
      (lambda ()
        (if has-alpha (cut-corner image content))
        (let ((seen (see content))
              (style-seen (see style))
              ; 8 bits of linear light are coarse in the dark
              (limit (if (string=? (car precision) "8-bit linear") 14 3)))
          (if is-gray (gimp-image-convert-grayscale image))
          (if profile (convert-profile image (string-append inputs profile)))
          (if (not (equal? (car (gimp-image-get-precision image))
                           (cdr precision)))
              (gimp-image-convert-precision image (cdr precision)))
          (let ((run (check-alike title content style "" region)))
            (check-near (string-append title ", content of the run")
                        (car run) seen limit)
            (check-near (string-append title ", style of the run")
                        (cadr run) style-seen limit))
          (if (starts-with? title "16-bit")
              (check-reduced title content style region)))))
    (gimp-image-delete image)))

(for-each
  (lambda (precision)
    (check-precision precision #f (is-linear? precision) #f)
    (check-precision precision #f (not (is-linear? precision)) "/p3.icc")
    (if (starts-with? (car precision) "16-bit")
        (check-precision precision #t (is-linear? precision) #f)))
  precisions)

; Content and style need not be alike.
(let* ((pictures (new-pictures))
       (others (new-pictures)))
  (gimp-image-convert-precision (car others) PRECISION-U16-NON-LINEAR)
  (check-alike "8 bits in the style of 16" (cadr pictures) (caddr others) "" -1)
  (check-alike "16 bits in the style of 8" (cadr others) (caddr pictures) "" -1)
  (gimp-image-convert-indexed (car pictures) CONVERT-DITHER-NONE
                              CONVERT-PALETTE-GENERATE 16 FALSE FALSE "")
  (check-alike "16 bits in the style of a palette" (cadr others)
               (caddr pictures) "" -1)
  (gimp-image-delete (car pictures))
  (gimp-image-delete (car others)))

; A result in a grayscale image has no colors, and so is it shown.
(let* ((pictures (new-pictures))
       (others (new-pictures))
       (style (caddr others)))
  (gimp-image-convert-grayscale (car pictures))
  (let* ((image (read-pictures (cadr pictures) style "" -1 256))
         (view (look (named "preview view" (layers-of image)))))
    (check-near "a grayscale image: shown in gray" view (look-at-gray style) 3)
    (gimp-image-delete image))
  (gimp-image-delete (car pictures))
  (gimp-image-delete (car others)))

; ---- other regions ----------------------------------------------------------

(let* ((pictures (new-pictures))
       (image (car pictures))
       (content (cadr pictures))
       (style (caddr pictures))
       (mask (car (gimp-layer-create-mask content ADD-MASK-COPY))))
  (gimp-layer-add-mask content mask)
  (for-each
    (lambda (precision)
      (if (not (equal? (car (gimp-image-get-precision image)) (cdr precision)))
          (gimp-image-convert-precision image (cdr precision)))
      (check-alike (string-append "layer mask, " (car precision))
                   content style "" mask)
      (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 20 8 20 20)
      (gimp-selection-feather image 12)
      (check-alike (string-append "selection, " (car precision))
                   content style "" (car (gimp-image-get-selection image)))
      (gimp-selection-none image))
    (list (cadr precisions) (caddr precisions)
          (list-ref precisions 8)))
  (gimp-image-delete image))

; ---- a spot ----------------------------------------------------------------

; The part of a layer that another one covers.
(define (part-of layer other)
  (let* ((image (car (gimp-item-get-image layer)))
         (copy (car (gimp-layer-new-from-drawable layer image)))
         (offsets (gimp-drawable-get-offsets other)))
    (gimp-image-insert-layer image copy 0 0)
    (gimp-layer-resize copy
                       (car (gimp-drawable-get-width other))
                       (car (gimp-drawable-get-height other))
                       (- (car offsets)) (- (cadr offsets)))
    copy))

; Content and style of these sizes, in a new image.
(define (scaled-pictures content-size style-size)
  (let ((pictures (new-pictures)))
    (gimp-context-set-interpolation INTERPOLATION-LINEAR)
    (for-each (lambda (layer size)
                (gimp-layer-scale layer (car size) (cadr size) FALSE))
              (cdr pictures) (list content-size style-size))
    pictures))

(define (look-coarsely layer)
  (pixels-of layer 11))

; Areas of it are the pixels of the run, and the whole is the same, scaled down.
; n: how many areas there are.
(define (check-spot-picture title what layers n)
  (let ((run (named (string-append "run " what) layers))
        (whole (named (string-append "spot " what) layers)))
    (check-equal (string-append title ": number of areas")
                 (length (filter-named (string-append "spot " what " ")
                                       layers))
                 n)
    (for-each
      (lambda (area)
        (check-near (string-append title ", "
                                   (car (gimp-item-get-name area)))
                    (look-coarsely area) (look-coarsely (part-of run area)) 1))
      (filter-named (string-append "spot " what " ") layers))
    (gimp-layer-scale run (car (gimp-drawable-get-width whole))
                      (car (gimp-drawable-get-height whole)) FALSE)
    (check (string-append title ": the whole")
           (< (distance (look-coarsely whole) (look-coarsely run)) 4))))

; The layers whose names begin so.
(define (filter-named start layers)
  (cond ((null? layers) '())
        ((starts-with? (car (gimp-item-get-name (car layers))) start)
         (cons (car layers) (filter-named start (cdr layers))))
        (else (filter-named start (cdr layers)))))

; Large enough not to be read as wholes.
(test-case "a spot of a large layer"
  (lambda ()
    (let* ((pictures (scaled-pictures '(1500 160) '(1200 140)))
           (region (soft-channel (car pictures))))
      (cut-corner (car pictures) (cadr pictures))
      (let* ((image (read-pictures (cadr pictures) (caddr pictures) "" region
                                   -1))
             (layers (layers-of image)))
        (check-spot-picture "a spot's content" "content" layers 5)
        (check-spot-picture "a spot's style" "style" layers 4)
        (check-spot-picture "a spot's region" "region" layers 0)
        (gimp-image-delete image))
      (gimp-image-delete (car pictures)))))

; A soft selection cuts out of it, too.
(test-case "a spot of a selection"
  (lambda ()
    (let* ((pictures (scaled-pictures '(300 200) '(200 160)))
           (image (car pictures)))
      (gimp-image-resize-to-layers image)
      (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 60 50 80 60)
      (gimp-selection-feather image 30)
      (let* ((bounds (cdr (gimp-selection-bounds image)))
             (selection (car (gimp-image-get-selection image)))
             (read (read-pictures (cadr pictures) (caddr pictures) "" -1 -1))
             (spot (named "spot" (layers-of read)))
             (content (part-of (named "run content" (layers-of read)) spot)))
        (check-equal "a spot of a selection: its size" (size-of spot)
                     (list (- (caddr bounds) (car bounds))
                           (- (cadddr bounds) (cadr bounds))))
        (check-near "a spot of a selection: the content is outside"
                    (list (pixel-of spot 0 0)) (list (pixel-of content 0 0)) 2)
        (check "a spot of a selection: the painting is inside"
               (> (distance (list (pixel-of spot 60 50))
                            (list (pixel-of content 60 50)))
                  30))
        (gimp-image-delete read))
      (gimp-image-delete image))))

; ---- layer effects ----------------------------------------------------------

; A copy of the image's layers that looks as they do with their effects, without
; any.
(define (inverted-by-hand layer)
  (let ((copy (car (gimp-layer-copy layer))))
    (gimp-image-insert-layer (car (gimp-item-get-image layer)) copy 0 0)
    (gimp-drawable-invert copy FALSE)
    copy))

(define (check-effects precision)
  (let* ((title (string-append "effects, " (car precision)))
         (pictures (new-pictures))
         (image (car pictures))
         (content (cadr pictures))
         (style (caddr pictures))
         (n-images (length (open-images))))
    (if (not (equal? (car (gimp-image-get-precision image)) (cdr precision)))
        (gimp-image-convert-precision image (cdr precision)))
    (cut-corner image content)
    (test-case title
      (lambda ()
        (let* ((plain-content (inverted-by-hand content))
               (plain-style (inverted-by-hand style))
               (wanted (check-alike (string-append title ", without")
                                    plain-content plain-style "" -1)))
          (for-each
            (lambda (layer)
              (add-effect layer "gegl:invert-gamma")
              (gimp-layer-set-opacity layer 40)
              (gimp-layer-set-mode layer LAYER-MODE-MULTIPLY))
            (list content style))
          (gimp-image-clean-all image)
          (let ((before (state-of image))
                (got (check-alike title content style "" -1)))
            (check-near (string-append title ", content of the run")
                        (car got) (car wanted) 2)
            (check-near (string-append title ", style of the run")
                        (cadr got) (cadr wanted) 2)
            (check-state (string-append title ": no trace is left")
                         image before)
            (check-equal (string-append title ": no image is left")
                         (length (open-images)) n-images)))))
    (gimp-image-delete image)))

; Of a group, too; what is in it may have effects of its own.
(define (check-group-effects)
  (let* ((pictures (new-pictures))
         (image (car pictures))
         (content (cadr pictures))
         (wanted (look-at (inverted-by-hand content)))
         (group (new-layer-group image)))
    (gimp-image-insert-layer image group 0 0)
    (gimp-image-reorder-item image content group 0)
    (add-effect group "gegl:invert-gamma")
    (check-near "effects of a group"
                (car (check-alike "effects of a group" group (caddr pictures)
                                  "" -1))
                wanted 2)
    (gimp-image-delete image)))

; What is painted is what is seen.
(define (check-painted-effects)
  (let* ((pictures (new-pictures))
         (image (car pictures))
         (content (cadr pictures))
         (plain (inverted-by-hand content))
         (wanted (sample (repaint image plain (caddr pictures)))))
    (add-effect content "gegl:invert-gamma")
    (check "a layer with an effect is painted as it is seen"
           (< (distance (sample (repaint image content (caddr pictures)))
                        wanted)
              3))
    (gimp-image-delete image)))

(if has-effects
    (begin
      (check-effects (cadr precisions))
      (check-effects (caddr precisions))
      (test-case "effects of a group" check-group-effects)
      (test-case "painted effects" check-painted-effects)))

; ---- style files ------------------------------------------------------------

; Red is above, at the right; the file has it on its side, above at the left.
(for-each
  (lambda (name)
    (let* ((pictures (new-pictures))
           (file (string-append inputs "/" name))
           (run (check-alike name (cadr pictures) -1 file -1))
           (pixels (cadr run)))
      (check-equal (string-append name ": it is upright")
                   (map (lambda (i) (> (car (list-ref pixels i)) 128))
                        '(1 6))
                   '(#f #t))
      (gimp-image-delete (car pictures))))
  '("turned.jpg" "turned.tif"))
