// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Compute.Rendering;

/// <summary>A matrix of gains that control sets and the device thread approaches on a straight line, period by period.</summary>
internal sealed class MatrixRamp(int inputs, int outputs, float[] initial)
{
    private readonly float[] _current = [.. initial];
    private float[] _target = initial;
    private float[] _approached = initial;
    private int _framesToGo;

    /// <summary>Rows of outputs. Replaced as a whole, never written to.</summary>
    public float[] Target
    {
        get => Volatile.Read(ref _target);
        set => Volatile.Write(ref _target, value);
    }

    /// <summary>Moves on by a period: the gains at its begin, then those at its end.</summary>
    [RealtimeSafe]
    public void Advance(int frames, Span<float> fromAndTo)
    {
        float[] target = Volatile.Read(ref _target);
        if (target != _approached)
        {
            (_approached, _framesToGo) = (target, RampedValue.RampFrames);
        }

        int count = inputs * outputs;
        _current.CopyTo(fromAndTo);
        if (_framesToGo <= frames)
        {
            target.CopyTo(_current, 0);
        }
        else
        {
            float share = (float)frames / _framesToGo;
            for (int i = 0; i < count; i++)
            {
                _current[i] += (target[i] - _current[i]) * share;
            }
        }

        _framesToGo = Math.Max(0, _framesToGo - frames);
        _current.CopyTo(fromAndTo[count..]);
    }
}
