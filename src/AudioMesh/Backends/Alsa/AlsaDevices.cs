// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// Lists PCMs: those that alsa-lib's configuration offers to people, then those of the cards it does not name. Control thread only.
/// </summary>
internal static unsafe class AlsaDevices
{
    /// <summary>The PCM an empty name means.</summary>
    public const string Default = "default";

    private const int Unknown = -1;

    public static List<AudioDevice> List(LibAsound library)
    {
        using AlsaMessages messages = new(library);
        List<AudioDevice> devices = [];
        AddHints(library, devices);
        for (int card = -1; library.snd_card_next(&card) >= 0 && card >= 0;)
        {
            AddCard(library, card, devices);
        }

        return devices;
    }

    private static void AddHints(LibAsound library, List<AudioDevice> devices)
    {
        void** hints;
        fixed (byte* kind = "pcm"u8)
        {
            if (library.snd_device_name_hint(-1, kind, &hints) < 0)
            {
                return;
            }
        }

        for (void** hint = hints; *hint != null; hint++)
        {
            string? name = Hint(library, *hint, "NAME"u8);
            string? direction = Hint(library, *hint, "IOID"u8);
            if (name is not null)
            {
                string description = Hint(library, *hint, "DESC"u8) ?? name;
                Add(devices, name, description.Replace('\n', ' '), plays: direction != "Input", records: direction != "Output");
            }
        }

        library.snd_device_name_free_hint(hints);
    }

    private static string? Hint(LibAsound library, void* hint, ReadOnlySpan<byte> id)
    {
        fixed (byte* key = id)
        {
            byte* text = library.snd_device_name_get_hint(hint, key);
            string? value = Marshal.PtrToStringUTF8((nint)text);
            NativeMemory.Free(text);
            return value;
        }
    }

    private static void AddCard(LibAsound library, int card, List<AudioDevice> devices)
    {
        snd_ctl_t* control = null;
        nint name = Marshal.StringToCoTaskMemUTF8($"hw:{card}");
        int code = library.snd_ctl_open(&control, (byte*)name, LibAsound.SND_CTL_NONBLOCK);
        Marshal.FreeCoTaskMem(name);
        if (code < 0)
        {
            return;
        }

        snd_ctl_card_info_t* cardInfo = null;
        snd_pcm_info_t* pcmInfo = null;
        if (library.snd_ctl_card_info_malloc(&cardInfo) >= 0 && library.snd_pcm_info_malloc(&pcmInfo) >= 0
            && library.snd_ctl_card_info(control, cardInfo) >= 0)
        {
            string id = Marshal.PtrToStringUTF8((nint)library.snd_ctl_card_info_get_id(cardInfo)) ?? $"{card}";
            string cardName = Marshal.PtrToStringUTF8((nint)library.snd_ctl_card_info_get_name(cardInfo)) ?? id;
            for (int device = -1; library.snd_ctl_pcm_next_device(control, &device) >= 0 && device >= 0;)
            {
                bool plays = Describe(library, control, pcmInfo, device, snd_pcm_stream_t.SND_PCM_STREAM_PLAYBACK);
                bool records = Describe(library, control, pcmInfo, device, snd_pcm_stream_t.SND_PCM_STREAM_CAPTURE);
                string deviceName = Marshal.PtrToStringUTF8((nint)library.snd_pcm_info_get_name(pcmInfo)) ?? "";
                Add(devices, $"hw:CARD={id},DEV={device}", $"{cardName}, {deviceName}", plays, records);
            }
        }

        library.snd_pcm_info_free(pcmInfo);
        library.snd_ctl_card_info_free(cardInfo);
        library.snd_ctl_close(control);
    }

    /// <summary>Fills <paramref name="info"/> in; false when the device lacks this direction.</summary>
    private static bool Describe(LibAsound library, snd_ctl_t* control, snd_pcm_info_t* info, int device, snd_pcm_stream_t direction)
    {
        library.snd_pcm_info_set_device(info, (uint)device);
        library.snd_pcm_info_set_subdevice(info, 0);
        library.snd_pcm_info_set_stream(info, direction);
        return library.snd_ctl_pcm_info(control, info) >= 0;
    }

    private static void Add(List<AudioDevice> devices, string name, string description, bool plays, bool records)
    {
        if (!devices.Exists(device => device.Name == name))
        {
            devices.Add(new AudioDevice(
                "alsa", name, description, plays ? Unknown : 0, records ? Unknown : 0, Rate: 0, IsDefault: name == Default));
        }
    }
}
