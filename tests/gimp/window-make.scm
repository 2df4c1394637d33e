; SPDX-License-Identifier: GPL-3.0-or-later
; window-make.scm: the image that window.sh opens: a layer above its style

(let* ((image (load-image (string-append folder "/content.ppm")))
       (source (load-image (string-append folder "/style.ppm")))
       (style (car (gimp-layer-new-from-drawable (car (layers-of source))
                                                 image))))
  (gimp-image-insert-layer image style 0 1)
  (gimp-item-set-name (car (layers-of image)) "content")
  (gimp-item-set-name style "style")
  (select-layer image (car (layers-of image)))
  (save-image image (string-append folder "/original.xcf")))
