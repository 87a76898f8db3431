// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Jack;

/// <summary>Texts as libjack takes and gives them: UTF-8, zero-terminated.</summary>
internal static unsafe class JackText
{
    public static byte[] ToNative(string text) => Encoding.UTF8.GetBytes(text + '\0');

    public static string FromNative(byte* text) => text == null ? "" : Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>Reads a null-terminated list and frees it; null is an empty list.</summary>
    public static List<string> TakeList(LibJack jack, byte** list)
    {
        List<string> texts = [];
        for (byte** item = list; item != null && *item != null; item++)
        {
            texts.Add(FromNative(*item));
        }

        if (list != null)
        {
            jack.jack_free(list);
        }

        return texts;
    }
}
