// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>A live parameter that goes to what it is set to on a straight line.</summary>
public sealed class RampedParameter : LiveParameter
{
    private readonly Func<double, double>? _toTarget;
    private ParameterMove _move;
    private ParameterMove _begun;
    private double _step;
    private int _left;

    /// <summary>At rest.</summary>
    /// <param name="value">At first, in its own unit.</param>
    /// <param name="toTarget">What the line is straight in, such as the factor of a gain in dB; null for the value itself.</param>
    /// <param name="usualFrames">How long a change takes that asks for no time.</param>
    public RampedParameter(double value, Func<double, double>? toTarget = null, int usualFrames = RampedValue.RampFrames)
    {
        _toTarget = toTarget;
        UsualFrames = usualFrames;
        _begun = _move = Plan(value, 0);
    }

    /// <inheritdoc/>
    public override double Value => Volatile.Read(ref _move).Value;

    /// <inheritdoc/>
    public override int UsualFrames { get; }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override int FramesLeft => Volatile.Read(ref _move) is var move && !ReferenceEquals(move, _begun) ? move.Frames : _left;

    /// <inheritdoc/>
    public override ParameterMove Plan(double value, int frames) => new(value, _toTarget?.Invoke(value) ?? value, frames);

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Begin(ParameterMove move) => Volatile.Write(ref _move, move);

    /// <summary>
    /// Moves on by <paramref name="frames"/>; what is rendered ramps from <paramref name="from"/> to the result, and arrives where the line ends, or by
    /// the end of the block that holds its end. Device thread.
    /// </summary>
    [RealtimeSafe]
    public double Advance(int frames, out double from)
    {
        ParameterMove move = Volatile.Read(ref _move);
        if (!ReferenceEquals(move, _begun))
        {
            double present = _begun.Target - (_step * _left);
            _step = move.Frames > 0 ? (move.Target - present) / move.Frames : 0;
            _left = _step == 0 ? 0 : move.Frames;
            _begun = move;
        }

        from = move.Target - (_step * _left);
        _left = Math.Max(0, _left - frames);
        return move.Target - (_step * _left);
    }
}
