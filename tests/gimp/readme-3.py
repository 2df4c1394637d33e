# SPDX-License-Identifier: GPL-3.0-or-later
# readme-3.py: the README's example in Python, for GIMP 3
from gi.repository import Gimp, Gio, GObject


def doubles(numbers):
    value = GObject.Value(Gimp.DoubleArray)
    Gimp.value_set_double_array(value, numbers)
    return value.get_boxed()


def int32s(numbers):
    value = GObject.Value(Gimp.Int32Array)
    Gimp.value_set_int32_array(value, numbers)
    return value.get_boxed()


image = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE,
                       Gio.File.new_for_path("photo.jpg"))
image.select_rectangle(Gimp.ChannelOps.REPLACE, 0, 0,
                       image.get_width() / 2, image.get_height())
selection = image.get_selection().get_id()

pastiche = Gimp.get_pdb().lookup_procedure("plug-in-pastiche")
config = pastiche.create_config()
config.set_property("image", image)
config.set_core_object_array("drawables", image.get_layers())
# Two styles in the selection, a third one everywhere else.
config.set_property("style-files", ["style.jpg", "other.jpg", "third.jpg"])
config.set_property("style-weights", doubles([2, 1, 1]))
config.set_property("regions", int32s([selection, selection, -1]))
config.set_property("strength", 60)
result = pastiche.run(config)
if result.index(0) != Gimp.PDBStatusType.SUCCESS:
    raise RuntimeError(Gimp.get_pdb().get_last_error())

image.flatten()
Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, image,
               Gio.File.new_for_path("painting.png"))
