/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foreign-file.c: recognizes files that are not in the safetensors format
 *
 * By the first bytes, as the formats' documentation says; for ONNX, Caffe,
 * Core ML and TensorFlow, whose files are messages of Protocol Buffers without
 * a signature, by the numbers of their fields in onnx.proto, caffe.proto,
 * Model.proto, graph.proto and saved_model.proto.
 */
#include "foreign-file.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

typedef struct
{
  const guint8 *data;
  gsize         size;
} Bytes;

static gboolean
has (Bytes file, gsize at, const char *text, gsize length)
{
  return file.size >= at + length && memcmp (file.data + at, text, length) == 0;
}

/* ---- signatures --------------------------------------------------------- */

typedef enum
{
  LFS_POINTER,
  ZIP_ARCHIVE,
  OTHER_PROGRAM,
  OLD_TORCH,
  PACKED,
  PICTURE
} Kind;

static const struct
{
  Kind        kind;
  const char *name; /* of the program or format */
  gsize       at;
  const char *text;
  gsize       length;
} signatures[] = {
  { LFS_POINTER, NULL, 0, "version https://git-lfs", 23 },
  { ZIP_ARCHIVE, NULL, 0, "PK\3\4", 4 },
  { OTHER_PROGRAM, "Keras (HDF5)", 0, "\211HDF\r\n\032\n", 8 },
  { OTHER_PROGRAM, "MATLAB", 0, "MATLAB ", 7 },
  { OTHER_PROGRAM, "llama.cpp (GGUF)", 0, "GGUF", 4 },
  { OTHER_PROGRAM, "llama.cpp (GGML)", 0, "lmgg", 4 },
  { OTHER_PROGRAM, "llama.cpp (GGML)", 0, "tjgg", 4 },
  { OTHER_PROGRAM, "Torch for Lua", 0, "\4\0\0\0\1\0\0\0\3\0\0\0V 1", 15 },
  { OTHER_PROGRAM, "Torch for Lua", 0, "\3\0\0\0\1\0\0\0", 8 },
  { OTHER_PROGRAM, "Torch for Lua", 0, "4\n1\n3\nV 1\n", 10 },
  { OTHER_PROGRAM, "Darknet", 0, "\0\0\0\0\1\0\0\0", 8 },
  { OTHER_PROGRAM, "Darknet", 0, "\0\0\0\0\2\0\0\0", 8 },
  { OTHER_PROGRAM, "TensorFlow Lite", 4, "TFL3", 4 },
  { OTHER_PROGRAM, "MXNet", 0, "\022\1\0\0\0\0\0\0", 8 },
  { OTHER_PROGRAM, "NumPy", 0, "\223NUMPY", 6 },
  { PACKED, "gzip", 0, "\037\213", 2 },
  { PACKED, "bzip2", 0, "BZh", 3 },
  { PACKED, "xz", 0, "\3757zXZ", 6 },
  { PACKED, "zstd", 0, "\050\265\057\375", 4 },
  { PACKED, "7z", 0, "7z\274\257\047\034", 6 },
  { PACKED, "rar", 0, "Rar!\032\7", 6 },
  { OLD_TORCH, NULL, 0, "sys_info\0", 9 },
  { OLD_TORCH, NULL, 1024, "sys_info\0", 9 }, /* after a time with fractions */
  { PACKED, "tar", 257, "ustar", 5 },
  { PICTURE, NULL, 0, "\211PNG", 4 },
  { PICTURE, NULL, 0, "\377\330\377", 3 },
  { PICTURE, NULL, 0, "GIF8", 4 },
  { PICTURE, NULL, 0, "RIFF", 4 },
};

static gboolean
fail_program (const char *program, GError **error)
{
  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("this is a file of %s, which cannot be read; get the "
                      "weights for PyTorch (.pth or .safetensors), and convert "
                      "them with \"pastiche-model import\""),
                   program);
}

static gboolean
fail_kind (Kind kind, const char *name, GError **error)
{
  switch (kind)
    {
    case LFS_POINTER:
      return pst_fail (error, PST_ERROR_MODEL,
                       _ ("this is a pointer of Git LFS, not the file itself; "
                          "run \"git lfs pull\", or download the file from the "
                          "project's web page"));
    case ZIP_ARCHIVE:
      return pst_fail (error, PST_ERROR_MODEL,
                       _ ("this is a zip archive; weights of PyTorch (.pth, "
                          ".pt, .bin) are converted with \"pastiche-model "
                          "import\", others must be unpacked"));
    case OTHER_PROGRAM:
      return fail_program (name, error);
    case OLD_TORCH:
      return pst_fail (error, PST_ERROR_MODEL,
                       _ ("this is a file of PyTorch before 0.1.10; read it "
                          "with torch.load(), save the state_dict() with "
                          "torch.save(), and convert that with "
                          "\"pastiche-model import\""));
    case PACKED:
      return pst_fail (error, PST_ERROR_MODEL,
                       _ ("this is a packed file (%s); unpack it"), name);
    default:
      return pst_fail (error, PST_ERROR_MODEL,
                       _ ("this is a picture, not a model"));
    }
}

/* Whether it begins as protocols 0 and 1 do: with an empty dictionary or list,
 * or with the names of a module and of what is in it, each in a line. */
static gboolean
is_old_pickle (Bytes file)
{
  static const char *const starts[] = { "(dp", "(lp", "}q", "]q" };
  gsize                    end = MIN (file.size, 200), at = 1;

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (has (file, 0, starts[i], strlen (starts[i])))
      return file.data[file.size - 1] == '.';
  if (! has (file, 0, "c", 1))
    return FALSE;
  for (int line = 0; line < 2; line++, at++)
    {
      gsize begin = at;

      while (at < end
             && (g_ascii_isalnum (file.data[at]) || file.data[at] == '_'
                 || file.data[at] == '.'))
        at++;
      if (at == begin || at == end || file.data[at] != '\n')
        return FALSE;
    }
  return file.data[file.size - 1] == '.';
}

static const char *
pickle_message (Bytes file)
{
  gboolean is_new = file.size >= 2 && file.data[0] == 0x80 && file.data[1] <= 5;

  if (! is_new && ! is_old_pickle (file))
    return NULL;
  if (has (file, 2, "\212\12l\374\234F\371 j\250P\31", 12)
      || has (file, 11, "\212\12l\374\234F\371 j\250P\31", 12))
    return _ ("this is a file of PyTorch; convert its weights with "
              "\"pastiche-model import\"");
  return _ ("this is a pickle of Python, but not one that torch.save() wrote; "
            "save the tensors with torch.save() and convert them with "
            "\"pastiche-model import\"");
}

/* ---- texts -------------------------------------------------------------- */

static gsize
skip_space (Bytes file)
{
  gsize at = has (file, 0, "\357\273\277", 3) ? 3 : 0; /* byte order mark */

  while (at < file.size && g_ascii_isspace (file.data[at]))
    at++;
  return at;
}

/* Whether the first bytes are a text in UTF-8, without control characters. */
static gboolean
is_text (Bytes file)
{
  gsize       length = MIN (file.size, 512);
  const char *end = NULL;

  for (gsize i = 0; i < length; i++)
    if (file.data[i] < 32 && ! g_ascii_isspace (file.data[i]))
      return FALSE;
  /* The last character may be cut. */
  return g_utf8_validate ((const char *) file.data, length, &end)
         || (length < file.size
             && (gsize) (end - (const char *) file.data) + 4 > length);
}

/* The page of a server that lacks the file, or asks first, begins the same
 * way. */
static const char *
text_message (Bytes file)
{
  gsize at = skip_space (file);

  if (at == file.size)
    return _ ("the file is empty; download it again");
  if (g_strstr_len ((const char *) file.data + at, MIN (file.size - at, 200),
                    "<net "))
    return _ ("this is a network of OpenVINO without weights; get those for "
              "PyTorch (.pth or .safetensors)");
  if (file.data[at] == '<')
    return _ ("this is a web page, not a file of weights; download the file "
              "itself");
  if (! is_text (file))
    return NULL;
  if (file.data[at] == '{'
      && g_strstr_len ((const char *) file.data, file.size, "\"weight_map\""))
    return _ ("this is the index of a model in several files, without weights; "
              "save the model as one file, or take the file that the index "
              "names for the first layers");
  return _ ("this is a text, not a file of weights; download the file itself");
}

/* ---- Protocol Buffers --------------------------------------------------- */

enum
{
  VARINT = 0,
  LENGTH = 2
};

/* Which fields, by number and type, occur at the top level: numbers below 64,
 * and any above. */
typedef struct
{
  guint64  numbers, texts;
  gboolean layers; /* number 100, a LENGTH: Caffe's */
  gboolean models; /* numbers from 200 on, LENGTH: Core ML's kinds of models */
  int      n;
} Fields;

static gboolean
read_varint (Bytes file, gsize *at, guint64 *ret_value)
{
  guint64 value = 0;

  for (int shift = 0; shift < 64 && *at < file.size; shift += 7)
    {
      guint8 byte = file.data[(*at)++];

      value |= (guint64) (byte & 0x7f) << shift;
      if (! (byte & 0x80))
        {
          *ret_value = value;
          return TRUE;
        }
    }
  return FALSE;
}

/* Reads the fields of a message as far as it can; FALSE: it is none. */
static gboolean
read_fields (Bytes file, Fields *fields)
{
  gsize at = 0;

  while (at < file.size && fields->n < 64)
    {
      guint64 tag, value;

      if (! read_varint (file, &at, &tag) || ! read_varint (file, &at, &value))
        return FALSE;

      guint64 number = tag >> 3;
      if (number == 0 || ((tag & 7) != VARINT && (tag & 7) != LENGTH))
        return FALSE;
      fields->n++;
      if (number < 64)
        *((tag & 7) == VARINT ? &fields->numbers : &fields->texts) |=
          G_GUINT64_CONSTANT (1) << number;
      fields->layers |= number == 100 && (tag & 7) == LENGTH;
      fields->models |= number >= 200 && (tag & 7) == LENGTH;
      if ((tag & 7) == VARINT)
        continue;
      if (value > file.size - at) /* the last one, truncated */
        return fields->n > 1;
      at += value;
    }
  return TRUE;
}

static gboolean
has_field (guint64 fields, int number)
{
  return fields >> number & 1;
}

/* Whether the first field, a LENGTH, begins with printable text. */
static gboolean
begins_with_name (Bytes file)
{
  return file.size > 3 && file.data[0] == (1 << 3 | LENGTH) && file.data[1] >= 1
         && file.data[1] < 128 && g_ascii_isprint (file.data[2]);
}

static const char *
protobuf_program (Bytes file)
{
  Fields fields = { 0 };

  if (! read_fields (file, &fields))
    return NULL;

  if (has_field (fields.numbers, 1)) /* a version */
    {
      if (fields.models)
        return "Core ML";
      if (has_field (fields.texts, 7))
        return "ONNX";
      if (has_field (fields.texts, 2) && fields.n > 1)
        return "TensorFlow";
    }
  if (has_field (fields.texts, 1))
    {
      if (begins_with_name (file)
          && (fields.layers || has_field (fields.texts, 2)))
        return "Caffe";
      /* A list of nodes, each of which begins with a name. */
      if (fields.n > 1 && ! begins_with_name (file))
        return "TensorFlow";
    }
  return NULL;
}

/* A checkpoint of TensorFlow, or its index, is a table as LevelDB writes them.
 */
static gboolean
is_table (Bytes file)
{
  static const char ending[] = "\127\373\200\213\044\165\107\333";

  return file.size >= 8 && has (file, file.size - 8, ending, 8);
}

/* ---- public ------------------------------------------------------------- */

gboolean
pst_foreign_file_fail (GBytes *bytes, GError **error)
{
  Bytes       file;
  const char *message;

  file.data = g_bytes_get_data (bytes, &file.size);
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (has (file, signatures[i].at, signatures[i].text, signatures[i].length))
      return fail_kind (signatures[i].kind, signatures[i].name, error);

  message = pickle_message (file);
  if (! message)
    message = text_message (file);
  if (message)
    return pst_fail (error, PST_ERROR_MODEL, "%s", message);

  const char *program =
    is_table (file) ? "TensorFlow" : protobuf_program (file);
  if (program)
    return fail_program (program, error);
  return pst_fail (error, PST_ERROR_MODEL,
                   _ ("this is not a safetensors file"));
}
