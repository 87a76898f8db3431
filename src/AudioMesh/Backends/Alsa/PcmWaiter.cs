// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Clock;
using AudioMesh.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// Waits until both sides of a device are ready for a period, or a control thread calls the wait off. Answers with negated errnos and
/// the two codes below.
/// </summary>
internal sealed unsafe class PcmWaiter : IDisposable
{
    /// <summary>The wait was called off.</summary>
    public const int Stopped = 1;

    /// <summary>Nothing happened for too long.</summary>
    public const int Hung = 2;

    /// <summary>
    /// Patience is counted in waits of this length, not by the clock: a pause of the whole process is one of them and never the device's fault.
    /// </summary>
    private const int SliceMs = 50;

    /// <summary>Some PCMs wake once in vain for every period; more often than this is a PCM to be kept from eating the CPU.</summary>
    private const int WakesInVain = 8;

    private const int Failing = LibAsound.POLLERR | LibAsound.POLLHUP | LibAsound.POLLNVAL;

    private readonly LibAsound _library;
    private readonly PcmPair _pcms;
    private readonly int _patienceMs;
    private readonly int _event;
    private readonly int _playbackCount;
    private readonly int _captureCount;
    private pollfd* _all;
    private pollfd* _polled;
    private volatile bool _stopping;

    /// <summary>Waits for <paramref name="pcms"/> as long as <paramref name="patienceMs"/>.</summary>
    public PcmWaiter(LibAsound library, PcmPair pcms, int patienceMs)
    {
        _library = library;
        _pcms = pcms;
        _patienceMs = patienceMs;
        _playbackCount = CountOf(pcms.Playback);
        _captureCount = CountOf(pcms.Capture);
        int count = 1 + _playbackCount + _captureCount;
        _all = (pollfd*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(pollfd));
        _polled = (pollfd*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(pollfd));
        _event = LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
        _all[0] = new pollfd { fd = _event, events = LibC.POLLIN };
        FillIn(pcms.Playback, _all + 1, _playbackCount);
        FillIn(pcms.Capture, _all + 1 + _playbackCount, _captureCount);
    }

    /// <summary>Whether the wait was called off.</summary>
    public bool IsStopping => _stopping;

    /// <summary>Calls the present wait off and all that follow, until <see cref="Arm"/>. Control thread.</summary>
    public void Stop()
    {
        _stopping = true;
        ulong one = 1;
        LibC.write(_event, &one, sizeof(ulong));
    }

    /// <summary>Makes waits possible again. Control thread, while no device thread waits.</summary>
    public void Arm()
    {
        _stopping = false;
        ulong count;
        LibC.read(_event, &count, sizeof(ulong));
    }

    /// <summary>Waits until <paramref name="frames"/> frames can be moved on each side: 0 when they can.</summary>
    public int UntilReady(int frames)
    {
        int waitedMs = 0;
        for (int wakes = 0; !_stopping; wakes++)
        {
            int playback = _pcms.Playback?.Available() ?? frames;
            int capture = _pcms.Capture?.Available() ?? frames;
            if (playback < 0 || capture < 0)
            {
                return Math.Min(playback, capture);
            }

            if (playback >= frames && capture >= frames)
            {
                return 0;
            }

            if (waitedMs >= _patienceMs)
            {
                return Hung;
            }

            int code = wakes < WakesInVain ? Poll(playback < frames, capture < frames, ref waitedMs) : Pause(1, ref waitedMs);
            if (code != 0)
            {
                return code;
            }
        }

        return Stopped;
    }

    /// <summary>Waits until <paramref name="time"/>: 0, or <see cref="Stopped"/>.</summary>
    public int UntilTime(MeshTime time)
    {
        // The poll, which can be called off, counts in whole milliseconds: it gets the most of it.
        int waitedMs = 0;
        int mostMs = (int)((time - MeshClock.Now) / 1_000_000) - 1;
        if (mostMs > 0 && Pause(mostMs, ref waitedMs) != 0)
        {
            return Stopped;
        }

        DeadlineTimer.WaitUntil(time);
        return 0;
    }

    /// <summary>Waits for <paramref name="milliseconds"/>, which it adds to <paramref name="waitedMs"/>: 0, or <see cref="Stopped"/>.</summary>
    public int Pause(int milliseconds, ref int waitedMs)
    {
        pollfd wake = _all[0];
        LibC.poll((LibC.PollFd*)&wake, 1, milliseconds);
        waitedMs += milliseconds;
        return _stopping ? Stopped : 0;
    }

    public void Dispose()
    {
        LibC.close(_event);
        NativeMemory.Free(_all);
        NativeMemory.Free(_polled);
        _all = null;
        _polled = null;
    }

    /// <summary>One poll for the sides that are not ready. Sides that are would wake it at once.</summary>
    private int Poll(bool forPlayback, bool forCapture, ref int waitedMs)
    {
        int count = 1;
        _polled[0] = _all[0];
        int playbackAt = Add(forPlayback, 1, _playbackCount, ref count);
        int captureAt = Add(forCapture, 1 + _playbackCount, _captureCount, ref count);
        bool timedOut = LibC.poll((LibC.PollFd*)_polled, (nuint)count, SliceMs) == 0;
        waitedMs += timedOut ? SliceMs : 0;
        int code = forPlayback ? Answer(_pcms.Playback!, _polled + playbackAt, _playbackCount) : 0;
        return code == 0 && forCapture ? Answer(_pcms.Capture!, _polled + captureAt, _captureCount) : code;
    }

    private int Add(bool wanted, int from, int descriptors, ref int count)
    {
        int at = count;
        for (int i = 0; wanted && i < descriptors; i++)
        {
            _polled[count++] = _all[from + i];
        }

        return at;
    }

    /// <summary>Lets the PCM see what was polled, which some need to fall silent, and says what is wrong with it.</summary>
    private int Answer(AlsaPcm pcm, pollfd* descriptors, int count)
    {
        ushort events;
        int code = _library.snd_pcm_poll_descriptors_revents(pcm.Handle, descriptors, (uint)count, &events);
        if (code < 0 || (events & Failing) == 0)
        {
            return Math.Min(code, 0);
        }

        return pcm.State switch
        {
            snd_pcm_state_t.SND_PCM_STATE_XRUN => -AlsaErrno.EPIPE,
            snd_pcm_state_t.SND_PCM_STATE_SUSPENDED => -AlsaErrno.ESTRPIPE,
            snd_pcm_state_t.SND_PCM_STATE_DISCONNECTED => -AlsaErrno.ENODEV,
            _ => 0,
        };
    }

    private int CountOf(AlsaPcm? pcm) => pcm is null ? 0 : Math.Max(0, _library.snd_pcm_poll_descriptors_count(pcm.Handle));

    private void FillIn(AlsaPcm? pcm, pollfd* descriptors, int count)
    {
        if (pcm is not null)
        {
            _library.snd_pcm_poll_descriptors(pcm.Handle, descriptors, (uint)count);
        }
    }
}
