// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>How long a delay is, in ms. A change fades over from the old delay to the new one; one that comes meanwhile begins when that is over.</summary>
internal sealed class DelayTime : LiveParameter
{
    private readonly double _longestMs;
    private ParameterMove _move;
    private ParameterMove _begun;
    private int _fadeFrames;
    private int _left;

    public DelayTime(double ms, double longestMs)
    {
        _longestMs = longestMs;
        _begun = _move = Plan(ms, 0);
    }

    /// <inheritdoc/>
    public override double Value => Volatile.Read(ref _move).Value;

    /// <inheritdoc/>
    public override int UsualFrames => RampedValue.RampFrames;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override int FramesLeft => _left > 0 || ReferenceEquals(Volatile.Read(ref _move), _begun) ? _left : _move.Frames;

    /// <inheritdoc/>
    public override ParameterMove Plan(double value, int frames) => value <= _longestMs
        ? base.Plan(value, frames)
        : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A delay of {value} ms is more than its longest, {_longestMs} ms.")
        {
            Field = "args.ms",
            Allowed = $"0..{_longestMs}",
        };

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Begin(ParameterMove move) => Volatile.Write(ref _move, move);

    /// <summary>Is there at once. Only while nobody renders.</summary>
    public double Settle()
    {
        _begun = _move;
        _left = 0;
        return _begun.Value;
    }

    /// <summary>Whether there is another delay from here on. Device thread.</summary>
    [RealtimeSafe]
    public bool TryTake(out double ms)
    {
        ParameterMove move = Volatile.Read(ref _move);
        ms = move.Value;
        if (_left > 0 || ReferenceEquals(move, _begun))
        {
            return false;
        }

        _begun = move;
        _left = _fadeFrames = move.Frames;
        return true;
    }

    /// <summary>How much of the new delay is heard, that many frames into this block. Device thread.</summary>
    [RealtimeSafe]
    public float ShareAt(int frame) => _fadeFrames == 0 ? 1 : Math.Min(1, (_fadeFrames - _left + frame + 1) / (float)_fadeFrames);

    /// <summary>Moves on; true where the new delay is all that is heard. Device thread.</summary>
    [RealtimeSafe]
    public bool Advance(int frames)
    {
        _left = Math.Max(0, _left - frames);
        return _left == 0;
    }
}
