// SPDX-License-Identifier: MIT
using static AudioMesh.Interop.CoreAudioFramework;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>What the HAL's status codes mean for the caller.</summary>
internal static class HalStatus
{
    /// <summary>Throws unless <paramref name="status"/> is success; <paramref name="doing"/> names the act and the device.</summary>
    public static void Check(int status, string doing)
    {
        if (status != kAudioHardwareNoError)
        {
            throw new AudioMeshException(KindOf(status), $"coreaudio: {doing} failed with {Spell(status)}.");
        }
    }

    private static AudioErrorKind KindOf(int status) => status switch
    {
        kAudioDevicePermissionsError => AudioErrorKind.DeviceBusy,
        kAudioDeviceUnsupportedFormatError => AudioErrorKind.FormatUnsupported,
        kAudioHardwareBadPropertySizeError => AudioErrorKind.Internal,
        _ => AudioErrorKind.DeviceUnavailable,
    };

    /// <summary>A code as its four characters where they are printable, else as a number.</summary>
    public static string Spell(int status)
    {
        Span<char> letters = stackalloc char[4];
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i] = (char)((status >> (24 - (8 * i))) & 0xff);
            if (letters[i] is < ' ' or > '~')
            {
                return status.ToString();
            }
        }

        return $"'{letters}'";
    }
}
