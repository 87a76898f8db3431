// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>
/// Counts frames by the device's own sample time, and tells from its jumps what was lost. The HAL may also announce an overload, before
/// the jump or after it, or without any jump: each mishap is counted once. Device thread only, but for <see cref="Overload"/>.
/// </summary>
[RealtimeSafe]
internal sealed class FrameCounter
{
    private int _announced;
    private int _counted;
    private long _next;
    private long _shift;
    private bool _runs;

    /// <summary>Says that the HAL announced an overload. Any thread.</summary>
    public void Overload() => Interlocked.Increment(ref _announced);

    /// <summary>Says that the device begins to run: its next frame follows no other. Control thread, while it does not run.</summary>
    public void Restart() => _runs = false;

    /// <summary>
    /// The index of a cycle's first frame, from its sample time, and how many frames were lost before it. A clock that began anew goes on
    /// from where it was.
    /// </summary>
    public long Place(double sampleTime, int frames, out long lost)
    {
        long frame = (long)Math.Round(sampleTime) + _shift;
        if (frame < _next)
        {
            _shift += _next - frame;
            frame = _next;
        }

        lost = _runs ? frame - _next : 0;
        _runs = true;
        _next = frame + frames;
        return frame;
    }

    /// <summary>The index of the first frame of a cycle of which no sample time is known.</summary>
    public long Follow(int frames)
    {
        long frame = _next;
        _next += frames;
        return frame;
    }

    /// <summary>How many mishaps to report, given whether this cycle comes after a jump.</summary>
    public int Mishaps(bool jumped)
    {
        int announced = Volatile.Read(ref _announced);
        int fresh = Math.Max(announced - _counted, 0);
        _counted += fresh;
        if (!jumped)
        {
            return fresh;
        }

        // The announcement of a jump seen first may still come.
        _counted += fresh == 0 ? 1 : 0;
        return 1;
    }
}
