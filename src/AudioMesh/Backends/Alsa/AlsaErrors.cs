// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Alsa;

/// <summary>What alsa-lib's errors mean for the caller. Control thread only.</summary>
internal static unsafe class AlsaErrors
{
    /// <summary>Why <paramref name="device"/> could not be opened; <paramref name="detail"/> is what alsa-lib said about it.</summary>
    public static AudioMeshException NotOpened(LibAsound library, string device, string direction, int code, string detail)
    {
        if (-code == AlsaErrno.ENOENT && !IsDefined(library, device))
        {
            return new AudioMeshException(AudioErrorKind.NotFound, $"alsa: there is no PCM '{device}'{InBrackets(detail)}.");
        }

        return new AudioMeshException(
            KindOf(code, AudioErrorKind.DeviceUnavailable),
            $"alsa: '{device}' cannot be opened for {direction}: {Text(library, code)}{InBrackets(detail)}.");
    }

    /// <summary>Why a step after opening failed.</summary>
    public static AudioMeshException Failed(LibAsound library, string device, string step, int code, string detail) => new(
        KindOf(code, AudioErrorKind.FormatUnsupported), $"alsa: '{device}': {step}: {Text(library, code)}{InBrackets(detail)}.");

    /// <summary>The words for a negated errno.</summary>
    public static string Text(LibAsound library, int code) => Marshal.PtrToStringUTF8((nint)library.snd_strerror(code)) ?? $"error {code}";

    private static AudioErrorKind KindOf(int code, AudioErrorKind otherwise) => -code switch
    {
        AlsaErrno.EBUSY => AudioErrorKind.DeviceBusy,
        AlsaErrno.EACCES or AlsaErrno.EPERM => AudioErrorKind.PermissionDenied,
        AlsaErrno.ENOMEM => AudioErrorKind.LimitExceeded,
        AlsaErrno.EIO or AlsaErrno.ENODEV => AudioErrorKind.DeviceUnavailable,
        _ => otherwise,
    };

    /// <summary>Whether the configuration knows the name: then what is missing is the device behind it.</summary>
    private static bool IsDefined(LibAsound library, string device)
    {
        snd_config_t* top = null;
        if (library.snd_config_update_ref(&top) < 0 || top == null)
        {
            return false;
        }

        snd_config_t* definition = null;
        nint name = Marshal.StringToCoTaskMemUTF8(device);
        try
        {
            fixed (byte* root = "pcm"u8)
            {
                bool found = library.snd_config_search_definition(top, root, (byte*)name, &definition) >= 0;
                if (found)
                {
                    library.snd_config_delete(definition);
                }

                return found;
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
            library.snd_config_unref(top);
        }
    }

    private static string InBrackets(string detail) => detail.Length > 0 ? $" ({detail})" : "";
}
