// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Clock;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// One direction of a device. Made and disposed on a control thread; between the two, one device thread calls the rest, which answers
/// with negated errnos.
/// </summary>
internal sealed unsafe class AlsaPcm : IDisposable
{
    private const long OldestStampNs = 1_000_000_000;
    private readonly LibAsound _library;
    private readonly bool _plays;
    private readonly PcmTransfer _transfer;
    private snd_pcm_t* _pcm;

    private AlsaPcm(LibAsound library, snd_pcm_t* pcm, bool plays, PcmShape shape)
    {
        _library = library;
        _pcm = pcm;
        _plays = plays;
        Shape = shape;
        _transfer = shape.Mapped ? new MappedTransfer(library, pcm, shape) : new CopyingTransfer(library, pcm, shape);
    }

    /// <summary>What it is configured to.</summary>
    public PcmShape Shape { get; }

    /// <summary>alsa-lib's handle.</summary>
    public snd_pcm_t* Handle => _pcm;

    /// <summary>What state it is in.</summary>
    public snd_pcm_state_t State => _library.snd_pcm_state(_pcm);

    /// <summary>Opens and configures one direction of the requested device; <paramref name="partner"/> is the other, open already.</summary>
    public static AlsaPcm Open(LibAsound library, string device, bool plays, StreamRequest request, PcmShape? partner)
    {
        using AlsaMessages messages = new(library);
        snd_pcm_t* pcm = OpenHandle(library, device, plays, messages);
        try
        {
            using AlsaNegotiation negotiation = new(library, pcm, device);
            PcmShape shape = negotiation.Apply(request, plays ? request.OutputChannels : request.InputChannels, partner);
            int code = AlsaSoftwareParams.Apply(library, pcm, shape);
            return code < 0
                ? throw AlsaErrors.Failed(library, device, "setting when it wakes", code, messages.First)
                : new AlsaPcm(library, pcm, plays, shape);
        }
        catch
        {
            library.snd_pcm_close(pcm);
            throw;
        }
    }

    /// <summary>Opens without waiting for whoever holds the device. The caller closes.</summary>
    public static snd_pcm_t* OpenHandle(LibAsound library, string device, bool plays, AlsaMessages messages)
    {
        snd_pcm_t* pcm = null;
        nint name = Marshal.StringToCoTaskMemUTF8(device);
        snd_pcm_stream_t stream = plays ? snd_pcm_stream_t.SND_PCM_STREAM_PLAYBACK : snd_pcm_stream_t.SND_PCM_STREAM_CAPTURE;
        int code = library.snd_pcm_open(&pcm, (byte*)name, stream, LibAsound.SND_PCM_NONBLOCK);
        Marshal.FreeCoTaskMem(name);
        return code < 0 ? throw AlsaErrors.NotOpened(library, device, plays ? "playback" : "recording", code, messages.First) : pcm;
    }

    /// <summary>Makes ready to start, from any state but gone.</summary>
    public int Prepare() => _library.snd_pcm_prepare(_pcm);

    /// <summary>Starts what is prepared; a linked partner starts with it.</summary>
    public int Start() => _library.snd_pcm_start(_pcm);

    /// <summary>Stops at once; what was written but not played is dropped.</summary>
    public int Drop() => _library.snd_pcm_drop(_pcm);

    /// <summary>Wakes from suspend; EAGAIN while that goes on.</summary>
    public int Resume() => _library.snd_pcm_resume(_pcm);

    /// <summary>Frames that can be written or read now.</summary>
    public int Available() => (int)Math.Min(_library.snd_pcm_avail_update(_pcm), int.MaxValue);

    /// <summary>Where it stands.</summary>
    public int Measure(out PcmPosition position)
    {
        long available;
        long delay;
        position = default;
        int code = _library.snd_pcm_avail_delay(_pcm, &available, &delay);
        if (code < 0)
        {
            return code;
        }

        ulong atStamp;
        snd_htimestamp_t stamp;
        MeshTime now = MeshClock.Now;
        long inBuffer = _plays ? Shape.BufferFrames - available : available;
        position = new PcmPosition(now, available, Math.Max(0, delay - inBuffer));
        code = _library.snd_pcm_htimestamp(_pcm, &atStamp, &stamp);
        long stampNs = (stamp.tv_sec * 1_000_000_000) + stamp.tv_nsec;
        if (code >= 0 && stampNs <= now.Nanoseconds && now.Nanoseconds - stampNs < OldestStampNs)
        {
            position = position with { Time = new MeshTime(stampNs), Available = (long)atStamp };
        }

        return 0;
    }

    /// <summary>Plays up to <paramref name="frames"/> from <paramref name="start"/> on; answers how many.</summary>
    public int Write(float** planar, int start, int frames) => _transfer.Write(planar, start, Math.Min(frames, Shape.PeriodFrames));

    /// <summary>Records up to <paramref name="frames"/> to <paramref name="start"/> on; answers how many.</summary>
    public int Read(float** planar, int start, int frames) => _transfer.Read(planar, start, Math.Min(frames, Shape.PeriodFrames));

    public void Dispose()
    {
        _library.snd_pcm_close(_pcm);
        _pcm = null;
        _transfer.Dispose();
    }
}
