// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// The playing and the recording side of a device, at least one of them, which start and stop together: on the same sample where the
/// kernel can link them. Made and disposed on a control thread; one device thread calls the rest, which answers with negated errnos.
/// </summary>
internal sealed unsafe class PcmPair : IDisposable
{
    private readonly bool _linked;

    private PcmPair(AlsaPcm? playback, AlsaPcm? capture, bool linked)
    {
        Playback = playback;
        Capture = capture;
        _linked = linked;
    }

    /// <summary>The playing side, if asked for.</summary>
    public AlsaPcm? Playback { get; }

    /// <summary>The recording side, if asked for.</summary>
    public AlsaPcm? Capture { get; }

    /// <summary>The side that gives the time.</summary>
    public PcmShape Shape => (Playback ?? Capture)!.Shape;

    /// <summary>Opens what the request asks for.</summary>
    public static PcmPair Open(LibAsound library, string device, StreamRequest request)
    {
        AlsaPcm? playback = request.OutputChannels > 0 ? AlsaPcm.Open(library, device, plays: true, request, partner: null) : null;
        try
        {
            AlsaPcm? capture = request.InputChannels > 0 ? AlsaPcm.Open(library, device, plays: false, request, playback?.Shape) : null;
            bool linked = playback is not null && capture is not null && library.snd_pcm_link(playback.Handle, capture.Handle) >= 0;
            return new PcmPair(playback, capture, linked);
        }
        catch
        {
            playback?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Stops what runs, fills the playing side with <paramref name="silence"/> (a period of it) and starts. From any state but gone.
    /// </summary>
    public int Restart(float** silence)
    {
        DropRunning(Playback);
        DropRunning(Capture);
        int code = Prepare(Playback);
        if (code >= 0 && !(_linked && IsPrepared(Capture!)))
        {
            code = Prepare(Capture);
        }

        if (code >= 0 && Playback is { } playback)
        {
            code = Fill(playback, silence);
        }

        if (code >= 0 && Capture is { } capture && IsPrepared(capture))
        {
            code = capture.Start();
        }

        return code >= 0 && Playback is { } player && IsPrepared(player) ? player.Start() : code;
    }

    /// <summary>Stops at once.</summary>
    public void Drop()
    {
        Playback?.Drop();
        Capture?.Drop();
    }

    /// <summary>Wakes from suspend; EAGAIN while that goes on.</summary>
    public int Resume()
    {
        int code = Playback is { State: snd_pcm_state_t.SND_PCM_STATE_SUSPENDED } playback ? playback.Resume() : 0;
        return code >= 0 && Capture is { State: snd_pcm_state_t.SND_PCM_STATE_SUSPENDED } capture ? capture.Resume() : code;
    }

    public void Dispose()
    {
        Capture?.Dispose();
        Playback?.Dispose();
    }

    /// <summary>One that had an xrun has stopped by itself; its partner may not have.</summary>
    private static void DropRunning(AlsaPcm? pcm)
    {
        if (pcm is { State: snd_pcm_state_t.SND_PCM_STATE_RUNNING })
        {
            pcm.Drop();
        }
    }

    private static int Prepare(AlsaPcm? pcm) => pcm?.Prepare() ?? 0;

    /// <summary>What is linked to a PCM that was just prepared or started is so, too, and must not be again.</summary>
    private static bool IsPrepared(AlsaPcm pcm) => pcm.State == snd_pcm_state_t.SND_PCM_STATE_PREPARED;

    private static int Fill(AlsaPcm playback, float** silence)
    {
        for (int left = playback.Shape.BufferFrames; left > 0;)
        {
            playback.Available();
            int written = playback.Write(silence, 0, left);
            if (written < 0)
            {
                return written == -AlsaErrno.EAGAIN ? 0 : written;
            }

            left -= written;
        }

        return 0;
    }
}
