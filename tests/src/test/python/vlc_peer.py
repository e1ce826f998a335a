"""VLC's engine as a reader; needs libvlc5 and vlc-plugin-base.

vlc_peer.py URL WIDTH HEIGHT    writes the pictures that VLC shows to stdout, one byte of luma a pixel
"""

import ctypes
import sys
import threading

url, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
vlc = ctypes.CDLL("libvlc.so.5")
for name in ("libvlc_new", "libvlc_media_new_location", "libvlc_media_player_new_from_media"):
    getattr(vlc, name).restype = ctypes.c_void_p
picture = (ctypes.c_ubyte * (width * height * 4))()
over = threading.Event()


@ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
def lock(_, planes):
    planes[0] = ctypes.addressof(picture)
    return None


@ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
def display(_, __):
    try:
        sys.stdout.buffer.write(bytes(picture)[1::4])  # green, of a picture in gray
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        over.set()


options = [b"--no-audio", b"--quiet"]
vlc_instance = ctypes.c_void_p(vlc.libvlc_new(len(options), (ctypes.c_char_p * len(options))(*options)))
media = ctypes.c_void_p(vlc.libvlc_media_new_location(vlc_instance, url.encode()))
player = ctypes.c_void_p(vlc.libvlc_media_player_new_from_media(media))
vlc.libvlc_video_set_callbacks(player, lock, None, display, None)
vlc.libvlc_video_set_format(player, b"RV32", width, height, width * 4)
vlc.libvlc_media_player_play(player)
over.wait()
