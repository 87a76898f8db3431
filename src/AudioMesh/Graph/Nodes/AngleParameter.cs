// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>A live parameter in degrees that goes to what it is set to the short way round; 180 and -180 are the same.</summary>
internal sealed class AngleParameter(double value, int usualFrames) : LiveParameter
{
    private ParameterMove _move = new(value, value, 0);
    private ParameterMove? _begun;
    private double _present = value;
    private double _step;
    private int _left;

    /// <inheritdoc/>
    public override double Value => Volatile.Read(ref _move).Value;

    /// <inheritdoc/>
    public override int UsualFrames => usualFrames;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override int FramesLeft => Volatile.Read(ref _move) is var move && !ReferenceEquals(move, _begun) ? move.Frames : _left;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Begin(ParameterMove move) => Volatile.Write(ref _move, move);

    /// <summary>Moves on by <paramref name="frames"/>, and returns where it is then. Device thread.</summary>
    [RealtimeSafe]
    public double Advance(int frames)
    {
        ParameterMove move = Volatile.Read(ref _move);
        if (!ReferenceEquals(move, _begun))
        {
            _begun = move;
            _left = Math.Max(move.Frames, 1);
            _step = Math.IEEERemainder(move.Target - _present, 360) / _left;
        }

        _present += _step * Math.Min(frames, _left);
        _left = Math.Max(0, _left - frames);
        return _left == 0 ? _present = move.Target : _present;
    }
}
