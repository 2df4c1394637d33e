/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pastiche.h: the public interface of libpastiche: transfers
 *
 * Neural style transfer by optimization: Gatys, Ecker, Bethge, "Image Style
 * Transfer Using Convolutional Neural Networks", CVPR 2016.  A frozen network
 * describes pictures; a picture is then changed until its deeper features are
 * those of the content and the Gram matrices of its features are those of the
 * style.
 *
 *   g_autoptr (PstModel) model = pst_model_new_from_file (path, &error);
 *   PstSettings settings;
 *   pst_settings_init (&settings);
 *   PstStylePicture style = { .image = painting, .weight = 1 };
 *   PstInputPictures pictures = { content, &style, 1 };
 *   g_autoptr (PstTransfer) transfer =
 *     pst_transfer_new (model, &pictures, &settings, NULL, &error);
 *   PstProgress progress = { 0 };
 *   while (! progress.done && pst_transfer_step (transfer, &progress, &error))
 *     ;
 *   g_autoptr (PstImage) result = pst_transfer_dup_result (transfer, &error);
 *
 * The caller owns the loop: between two steps it may look at the picture, stop
 * and keep it, or throw everything away.
 *
 * Threads.  PstModel is immutable and may be shared.  Everything else belongs
 * to one thread at a time, except pst_transfer_cancel(), which any thread may
 * call.  A given input and seed give the same bits for any number of threads,
 * with the same build, the same OpenBLAS and the same kernels
 * (pst_cpu_level()).  From one level of kernels to another, or one machine's
 * OpenBLAS to another's, sums are rounded differently: results look the same
 * but differ in the last bits.
 *
 * Errors.  Every function that can fail takes a GError and sets it once, with a
 * message written for the user of the program; outputs are then untouched.
 * Arguments that break a documented precondition are programming errors
 * (g_return_if_fail).
 *
 * Classifiers on the same networks: pastiche-heads.h.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ---- errors ------------------------------------------------------------- */

#define PST_ERROR (pst_error_quark ())

typedef enum
{
  PST_ERROR_MODEL,    /* model file missing, truncated, malformed, unknown */
  PST_ERROR_IMAGE,    /* picture empty, too large, or nothing visible in it */
  PST_ERROR_SETTINGS, /* a setting is out of its range */
  PST_ERROR_MEMORY,   /* the machine does not give the memory needed */
  PST_ERROR_BUSY,     /* it will when the user's other runs have ended */
  PST_ERROR_CANCELLED /* pst_transfer_cancel() was called */
} PstError;

GQuark pst_error_quark (void);

/* ---- this build and machine --------------------------------------------- */

/* "0.2.0"; static. */
const char *pst_version (void);

/* The instruction set in use: "x86-64", "x86-64-v3", "x86-64-v4", "aarch64" or
 * "generic", with "-bf16" or "-amx" where there is half precision; static. */
const char *pst_cpu_level (void);

/* Whether there is half precision: AVX-512 BF16, AMX, or aarch64's bfloat16;
 * for tests also without, see core/kernels/cpu.c. */
gboolean pst_cpu_has_bf16 (void);

/* Bytes of memory that this process has now; 0 where the system does not say.
 */
guint64 pst_process_bytes (void);

/* ---- pictures ----------------------------------------------------------- */

/* Longest side that any function takes, in pixels. */
#define PST_IMAGE_MAX_SIDE 16384

/* A picture in memory.  Values are nominally 0..1 in the sRGB encoding (babl
 * "R'G'B'A float"), alpha is straight, not premultiplied.  Out-of-range values
 * are clamped and NaN is taken as 0 where a picture enters a transfer. */
typedef struct
{
  int    width; /* pixels, 1..PST_IMAGE_MAX_SIDE */
  int    height;
  float *pixels; /* [height][width][4], red green blue alpha; owned */
} PstImage;

/* pst_image_new:
 * Returns a picture of zeros (transparent black); the caller owns it.
 * Errors: PST_ERROR_IMAGE, a side is not in 1..PST_IMAGE_MAX_SIDE;
 *         PST_ERROR_MEMORY. */
PstImage *pst_image_new (int width, int height, GError **error);

/* pst_image_resize:
 * Returns @image at another size; the caller owns it.  Lanczos filter of three
 * lobes, widened when shrinking; colors are weighted by alpha.
 * Errors: as pst_image_new(). */
PstImage *
pst_image_resize (const PstImage *image, int width, int height, GError **error);

/* Whether no pixel has an alpha below 1. */
gboolean pst_image_is_opaque (const PstImage *image);

/* NULL is allowed. */
void pst_image_free (PstImage *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstImage, pst_image_free)

/* ---- networks ----------------------------------------------------------- */

/* A frozen feature extractor: immutable, reference counted, shareable between
 * threads. */
typedef struct _PstModel PstModel;

/* pst_model_new_from_file:
 * Reads a safetensors file whose metadata entry "pastiche" describes the
 * network (models/README.md).  The file is read, not mapped, and validated in
 * full before use.  Returns a new reference.
 * Errors: PST_ERROR_MODEL (the message names the file and what is wrong);
 *         PST_ERROR_MEMORY. */
PstModel *pst_model_new_from_file (const char *path, GError **error);

/* pst_model_new_from_bytes:
 * The same from memory; @label replaces the path in messages. */
PstModel *
pst_model_new_from_bytes (GBytes *bytes, const char *label, GError **error);

/* Returns @model with one more reference, from any thread. */
PstModel *pst_model_ref (PstModel *model);

/* Drops a reference, from any thread; the last one frees the model.  NULL is
 * allowed. */
void pst_model_unref (PstModel *model);

/* Strings owned by the model: its name, as its file has it, and the credits,
 * which may be "". */
const char *pst_model_get_name (const PstModel *model);
const char *pst_model_get_credits (const PstModel *model);

/* SHA-256 of the file, hexadecimal, owned by the model: distinguishes models of
 * the same name. */
const char *pst_model_get_checksum (const PstModel *model);

/* How many weights and biases the network has. */
guint64 pst_model_get_n_parameters (const PstModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstModel, pst_model_unref)

/* ---- settings ----------------------------------------------------------- */

typedef enum
{
  PST_COLORS_STYLE,   /* colors come from the style picture */
  PST_COLORS_CONTENT, /* luminance of the result, chroma of the content */
  PST_COLORS_MATCH    /* the style is first given the content's color mean
                       * and covariance: Gatys et al., "Controlling Perceptual
                       * Factors in Neural Style Transfer", CVPR 2017 */
} PstColors;

typedef enum
{
  PST_STRUCTURE_CLOSE, /* content features of relu3_1: contours are kept */
  PST_STRUCTURE_LOOSE, /* relu4_2, the classical layer: freer forms */
  PST_STRUCTURE_NONE   /* nothing is kept: the style as a texture */
} PstStructure;

typedef enum
{
  PST_QUALITY_DRAFT,
  PST_QUALITY_NORMAL,
  PST_QUALITY_BEST
} PstQuality;

typedef enum
{
  PST_PRECISION_AUTO,  /* as FAST, but exact with PST_LOSS_GATYS */
  PST_PRECISION_EXACT, /* single precision throughout */
  PST_PRECISION_FAST   /* convolutions and Gram matrices in half precision where
                        * the machine can, see pst_cpu_has_bf16() */
} PstPrecision;

typedef enum
{
  PST_LOSS_RELATIVE, /* each term relative to its target, from coarse to fine,
                      * see core/loss/objective.h */
  PST_LOSS_GATYS     /* for comparisons: the terms and weights of Gatys et
                      * al. 2016 as jcjohnson/neural-style has them, in its
                      * units for a network with Caffe's input.  One scale,
                      * from the content as it is; strength, freedom,
                      * structure, smoothness and detail are ignored */
} PstLoss;

typedef struct
{
  double       strength;     /* 0..100, default 50: how much style, in steps
                              * that look even.  The content weight is
                              * 0.6 * 10^(0.0002 strength^2 - 0.05 strength),
                              * 0.6 at 0, 0.006 at 50, 0.0006 at 100, twice that
                              * for the composition and a fifth of it beyond */
  double       style_scale;  /* 0.25..4, default 1: size of the strokes.  At 1
                              * the style picture is taken at the content's
                              * longer side, or at twice its own if that is
                              * less and makes details only */
  PstColors    colors;       /* default PST_COLORS_STYLE */
  PstStructure structure;    /* default PST_STRUCTURE_CLOSE */
  PstQuality   quality;      /* default PST_QUALITY_NORMAL */
  int          size;         /* longer side of the result, pixels; 0 (default)
                              * and anything larger: the content's own size */
  PstPrecision precision;    /* default PST_PRECISION_AUTO */
  guint32      seed;         /* default 0: of the noise in the picture that
                              * the optimization starts from */
  int          threads;      /* 0..64, default 0: one per processor that this
                              * process may use, as its affinity and its control
                              * groups say */
  int          memory_limit; /* 0..1000000, megabytes that the engine may use,
                              * memory_held counted in; default 0: half of what
                              * is free and not reserved by the user's other
                              * runs.  With less, large pictures take longer */
  double       freedom;      /* 0..100, default 50: how far light and color may
                              * leave the content, in steps that look even.  The
                              * optimization starts from cos a times the content
                              * in the style's colors and sin a times noise, a
                              * being 90 degrees times the cube root of
                              * freedom / 100 */
  gboolean     tileable;     /* default FALSE: opposite borders match */
  double       smoothness;   /* 0..100, default 20: the weight of the squared
                              * differences of neighbors grows with its
                              * square */
  int          iterations;   /* 0..10000: most at each scale; default 0: as the
                              * quality says.  A scale ends earlier when it
                              * hardly gains any more */
  double       detail; /* -1..1, default 0: weight of the style's fine layers
                        * against its coarse ones, 16 times as much or as
                        * little at the ends */
  PstLoss      loss;   /* default PST_LOSS_RELATIVE */
  guint64      memory_held; /* bytes, default 0: what the process keeps besides
                             * the engine's, such as its code, the model and
                             * style pictures */
} PstSettings;

/* Fills in the defaults. */
void pst_settings_init (PstSettings *settings);

/* ---- styles ------------------------------------------------------------- */

/* The most styles of a transfer. */
#define PST_MAX_STYLES 16

/* A style picture, and where it goes. */
typedef struct
{
  const PstImage *image;  /* its alpha says which part of it counts */
  double          weight; /* > 0: share among the styles of the same region */
  const float    *region; /* [height][width] of the content, 0..1, clamped:
                           * where it goes; NULL: wherever no other style's
                           * region is.  Styles with the same pointer share
                           * the region */
} PstStylePicture;

/* The pictures of a run. */
typedef struct
{
  const PstImage        *content;
  const PstStylePicture *styles;   /* [n_styles] */
  int                    n_styles; /* 1..PST_MAX_STYLES */
} PstInputPictures;

/* What was computed of style pictures, to be used again by transfers that
 * follow: their Gram matrices at each size, the most recent 64.  Results are
 * the same to the bit.  Belongs to one thread at a time. */
typedef struct _PstStyleCache PstStyleCache;

/* An empty one; the caller owns it. */
PstStyleCache *pst_style_cache_new (void);

/* Not before the transfers that use it.  NULL is allowed. */
void pst_style_cache_free (PstStyleCache *cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstStyleCache, pst_style_cache_free)

/* ---- transfer ----------------------------------------------------------- */

typedef struct
{
  int width; /* pixels */
  int height;
} PstSize;

/* What the memory and time of a run depend on, besides the settings: the sizes
 * of its pictures. */
typedef struct
{
  PstSize  content;
  gboolean has_alpha; /* whether any pixel of the content is not opaque */
  PstSize  styles[PST_MAX_STYLES];
  int      n_styles; /* 1..PST_MAX_STYLES */
  int      n_masks;  /* 0..n_styles: different regions of the styles, with
                      * the rest if a style has none; 0: none has one */
} PstInputSizes;

typedef struct
{
  guint64 bytes;      /* peak memory of the engine, this run's own */
  double  operations; /* floating-point operations of a full run, counted as
                       * direct convolution */
  double  coarsest;   /* those of them that the coarsest scale takes */
  int     width;      /* of the result */
  int     height;
  int     memory_level; /* the most of any scale, see PstScaleReport */
} PstEstimate;

/* One scale of the coarse-to-fine run, for reports. */
typedef struct
{
  int    width;
  int    height;
  int    memory_level; /* 0..7: how much was given up to save memory; from 3 on
                        * the network runs twice for each gradient */
  int    iterations;   /* done so far */
  double seconds;      /* spent so far, wall time */
  double content_loss; /* at the current picture, before weighting */
  double style_loss;   /* of all layers, with their weights */
  double total_loss;
  double first_content_loss; /* the same where the scale started, from the
                              * first iteration on */
  double first_style_loss;
  double first_total_loss;
} PstScaleReport;

typedef struct
{
  gboolean done;  /* nothing is left to do */
  int      scale; /* 0 .. n_scales - 1, coarse to fine */
  int      n_scales;
  int      iteration;      /* done in this scale */
  int      max_iterations; /* in this scale; it may end earlier */
  double   fraction;       /* of the whole run, 0..1, never falls */
  double   remaining;      /* expected seconds from now; < 0: not known yet */
  double   total_loss;
} PstProgress;

/* One run.  Belongs to one thread at a time. */
typedef struct _PstTransfer PstTransfer;

/* Fills in the sizes of what pst_transfer_new() would be given. */
void pst_input_sizes_init (PstInputSizes          *sizes,
                           const PstInputPictures *pictures);

/* pst_transfer_estimate:
 * What a run would need, before anything is allocated.  The run plans with the
 * same function.
 * Errors: PST_ERROR_IMAGE, a side is not in 1..PST_IMAGE_MAX_SIDE;
 *         PST_ERROR_SETTINGS. */
gboolean pst_transfer_estimate (const PstModel      *model,
                                const PstInputSizes *sizes,
                                const PstSettings   *settings,
                                PstEstimate         *ret_estimate,
                                GError             **error);

/* pst_transfer_new:
 * Prepares a run; the pictures are copied, the model is referenced.  Cheap: the
 * work, including the allocation of the large blocks, is done by the steps.
 * Transparent pixels carry no weight, neither in the content nor in the style.
 * Styles of the same region are mixed: the target is the mean of their Gram
 * matrices, by weight.
 * @cache: borrowed until the transfer is freed; NULL: none
 * Errors: PST_ERROR_IMAGE (also: a picture is fully transparent),
 *         PST_ERROR_SETTINGS (also: a weight is not above 0),
 *         PST_ERROR_BUSY, PST_ERROR_MEMORY (also: the estimate exceeds the
 * memory that the machine has free; the message says how much and what to do).
 */
PstTransfer *pst_transfer_new (PstModel               *model,
                               const PstInputPictures *pictures,
                               const PstSettings      *settings,
                               PstStyleCache          *cache,
                               GError                **error);

/* pst_transfer_begin_from:
 * Makes the run start from @picture, ignoring the freedom, at the first scale
 * that is not smaller than it, or at the last: as if the previous scales had
 * made it.  So the result of a small run can start a large one, and an
 * interrupted run can resume.  Before the first step, once.
 * @picture: copied; of the content's shape, or it is distorted; its alpha is
 *   ignored
 * @iterations: that the scale of its size has already done; if these are all,
 *   the run starts with the next scale, if there is one.  G_MAXINT: it is
 *   finished
 * Errors: PST_ERROR_MEMORY. */
gboolean pst_transfer_begin_from (PstTransfer    *transfer,
                                  const PstImage *picture,
                                  int             iterations,
                                  GError        **error);

/* pst_transfer_step:
 * One iteration of the optimizer, or the preparation of the next scale.
 * @ret_progress: set on success.
 * After done, further calls do nothing and succeed.
 * Errors: PST_ERROR_CANCELLED, PST_ERROR_MEMORY; pst_transfer_dup_result() is
 * valid after either. */
gboolean pst_transfer_step (PstTransfer *transfer,
                            PstProgress *ret_progress,
                            GError     **error);

/* pst_transfer_cancel:
 * Makes the running step, or the next, return PST_ERROR_CANCELLED within about
 * the time of one network layer.  Callable from any thread, and from a signal
 * handler. */
void pst_transfer_cancel (PstTransfer *transfer);

/* pst_transfer_dup_result:
 * The picture as it is now, at the size of the result (while a coarse scale is
 * being worked on: enlarged), with the content's alpha and the colors as the
 * settings say.  Not while a step runs.  The caller owns it.
 * Errors: PST_ERROR_MEMORY. */
PstImage *pst_transfer_dup_result (const PstTransfer *transfer, GError **error);

/* pst_transfer_get_scales:
 * Returns [*ret_n_scales] reports, owned by @transfer, valid until the next
 * step.  Scales not yet begun have 0 iterations. */
const PstScaleReport *pst_transfer_get_scales (const PstTransfer *transfer,
                                               int               *ret_n_scales);

/* Threads in use. */
int pst_transfer_get_threads (const PstTransfer *transfer);

/* What is done, which may be less than what was set. */
PstPrecision pst_transfer_get_precision (const PstTransfer *transfer);

/* NULL is allowed. */
void pst_transfer_free (PstTransfer *transfer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PstTransfer, pst_transfer_free)

G_END_DECLS
