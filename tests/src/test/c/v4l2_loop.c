/*
 * A camera for programs that know only V4L2, where no such device can be made: preloaded, it answers for V4L2_LOOP_DEVICE
 * with the JPEGs of V4L2_LOOP_FOLDER (0.jpg, 1.jpg, ..), V4L2_LOOP_FPS of them a second. The pictures lie in the buffers
 * from the beginning, as if a device had written them by DMA, so a frame costs the program no copy of ours.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define MAX_BUFFERS 8
#define BUFFER_BYTES (2 * 1280 * 720)

static int camera = -1;
static unsigned count;
static unsigned queue[MAX_BUFFERS], queued;
static void *pictures[MAX_BUFFERS];
static unsigned lengths[MAX_BUFFERS];

static int next_open(const char *path, int flags, mode_t mode) {
    int (*real)(const char *, int, mode_t) = dlsym(RTLD_NEXT, "open");
    return real(path, flags, mode);
}

static int open_camera(const char *path, int flags, mode_t mode) {
    const char *device = getenv("V4L2_LOOP_DEVICE");
    if (device == NULL || strcmp(path, device) != 0) {
        return next_open(path, flags, mode);
    }
    long nanos = 1000000000L / atol(getenv("V4L2_LOOP_FPS"));
    struct itimerspec beat = {{0, nanos}, {0, nanos}};
    camera = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC); /* readable when there is a frame, as a device is */
    timerfd_settime(camera, 0, &beat, NULL);
    return camera;
}

#define OPEN(name)                                       \
    int name(const char *path, int flags, ...) {         \
        va_list rest;                                    \
        va_start(rest, flags);                           \
        mode_t mode = va_arg(rest, mode_t);              \
        va_end(rest);                                    \
        return open_camera(path, flags, mode);           \
    }
OPEN(open)
OPEN(open64)

int __open_2(const char *path, int flags) { return open_camera(path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_camera(path, flags, 0); }

static void *map(unsigned index) {
    char file[4096];
    snprintf(file, sizeof file, "%s/%u.jpg", getenv("V4L2_LOOP_FOLDER"), index);
    FILE *in = fopen(file, "rb");
    if (in == NULL) {
        return MAP_FAILED;
    }
    pictures[index] = malloc(BUFFER_BYTES);
    lengths[index] = fread(pictures[index], 1, BUFFER_BYTES, in);
    fclose(in);
    return pictures[index];
}

void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset) {
    static void *(*real)(void *, size_t, int, int, int, off64_t);
    if (fd >= 0 && fd == camera) {
        return map(offset / BUFFER_BYTES);
    }
    if (real == NULL) {
        real = dlsym(RTLD_NEXT, "mmap64");
    }
    return real(address, length, protection, flags, fd, offset);
}

void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset) {
    return mmap64(address, length, protection, flags, fd, offset);
}

int munmap(void *address, size_t length) {
    static int (*real)(void *, size_t);
    for (unsigned i = 0; i < MAX_BUFFERS; i++) {
        if (address != NULL && address == pictures[i]) {
            return 0;
        }
    }
    if (real == NULL) {
        real = dlsym(RTLD_NEXT, "munmap");
    }
    return real(address, length);
}

static int refuse(int reason) {
    errno = reason;
    return -1;
}

static int dequeue(struct v4l2_buffer *buffer) {
    unsigned long long beats;
    if (queued == 0 || read(camera, &beats, sizeof beats) < 0) {
        return refuse(EAGAIN);
    }
    buffer->index = queue[0];
    buffer->bytesused = lengths[buffer->index];
    buffer->length = BUFFER_BYTES;
    memmove(queue, queue + 1, --queued * sizeof *queue);
    return 0;
}

static int answer(unsigned long request, void *argument) {
    switch (request) {
        case VIDIOC_QUERYCAP: {
            struct v4l2_capability *what = argument;
            memset(what, 0, sizeof *what);
            what->capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
            return 0;
        }
        case VIDIOC_S_FMT:
        case VIDIOC_G_FMT: {
            struct v4l2_format *format = argument;
            format->fmt.pix.width = 1280;
            format->fmt.pix.height = 720;
            format->fmt.pix.pixelformat = V4L2_PIX_FMT_MJPEG;
            format->fmt.pix.sizeimage = BUFFER_BYTES;
            format->fmt.pix.bytesperline = 0;
            return 0;
        }
        case VIDIOC_REQBUFS: {
            struct v4l2_requestbuffers *buffers = argument;
            count = buffers->count = buffers->count < MAX_BUFFERS ? buffers->count : MAX_BUFFERS;
            queued = 0;
            return 0;
        }
        case VIDIOC_QUERYBUF: {
            struct v4l2_buffer *buffer = argument;
            buffer->length = BUFFER_BYTES;
            buffer->m.offset = buffer->index * BUFFER_BYTES;
            return 0;
        }
        case VIDIOC_QBUF: {
            struct v4l2_buffer *buffer = argument;
            if (queued == MAX_BUFFERS || buffer->index >= count) {
                return refuse(EINVAL);
            }
            queue[queued++] = buffer->index;
            return 0;
        }
        case VIDIOC_DQBUF:
            return dequeue(argument);
        case VIDIOC_S_INPUT:
        case VIDIOC_STREAMON:
        case VIDIOC_STREAMOFF:
        case VIDIOC_G_PARM:
        case VIDIOC_S_PARM:
            return 0;
        default:
            return refuse(EINVAL);
    }
}

int ioctl(int fd, unsigned long request, ...) {
    static int (*real)(int, unsigned long, void *);
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (fd >= 0 && fd == camera) {
        return answer(request & 0xffffffffUL, argument);
    }
    if (real == NULL) {
        real = dlsym(RTLD_NEXT, "ioctl");
    }
    return real(fd, request, argument);
}
