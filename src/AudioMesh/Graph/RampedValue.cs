// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>A gain that control sets and the device thread approaches linearly, a full step in <see cref="RampFrames"/>.</summary>
public sealed class RampedValue(float initial)
{
    private float _target = initial;
    private float _current = initial;
    private float _step;
    private float _rampTarget = initial;

    /// <summary>Frames from one value to the next: 5 ms at 48 kHz.</summary>
    public const int RampFrames = 240;

    /// <summary>Where it goes. Control side.</summary>
    public float Target
    {
        get => Volatile.Read(ref _target);
        set => Volatile.Write(ref _target, value);
    }

    /// <summary>Where it is. Any thread.</summary>
    public float Current => Volatile.Read(ref _current);

    /// <summary>Moves on by <paramref name="frames"/>; the block ramps from <paramref name="from"/> to the result.</summary>
    [RealtimeSafe]
    public float Advance(int frames, out float from)
    {
        from = _current;
        float target = Volatile.Read(ref _target);
        if (target != _rampTarget)
        {
            _rampTarget = target;
            _step = (target - _current) / RampFrames;
        }

        if (_current == target)
        {
            return _current;
        }

        float next = _current + (_step * frames);
        bool hasArrived = _step >= 0 ? next >= target : next <= target;
        Volatile.Write(ref _current, hasArrived ? target : next);
        return _current;
    }
}
