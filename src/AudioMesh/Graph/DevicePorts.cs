// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>The device's channels as the graph sees them during one block.</summary>
[RealtimeSafe]
public sealed unsafe class DevicePorts
{
    private readonly bool[] _isWritten = new bool[MaxChannels];
    private float** _outputs;
    private float** _inputs;
    private int _offset;

    /// <summary>The most channels a device may have in one direction.</summary>
    public const int MaxChannels = 256;

    /// <summary>Output channels of the device.</summary>
    public int OutputChannels { get; private set; }

    /// <summary>Input channels of the device.</summary>
    public int InputChannels { get; private set; }

    /// <summary>Takes the pointers of one block, <paramref name="offset"/> frames into the period; outputs must be zero.</summary>
    public void Attach(float** outputs, int outputChannels, float** inputs, int inputChannels, int offset)
    {
        _outputs = outputs;
        _inputs = inputs;
        _offset = offset;
        OutputChannels = Math.Min(outputChannels, MaxChannels);
        InputChannels = Math.Min(inputChannels, MaxChannels);
        _isWritten.AsSpan(0, OutputChannels).Clear();
    }

    /// <summary>Adds <paramref name="samples"/> to an output channel; the first writer's bits arrive unchanged. Channels the device lacks are dropped.</summary>
    public void Write(int channel, ReadOnlySpan<float> samples)
    {
        if ((uint)channel >= (uint)OutputChannels)
        {
            return;
        }

        Span<float> port = new(_outputs[channel] + _offset, samples.Length);
        if (_isWritten[channel])
        {
            Mix.Add(samples, port);
            return;
        }

        samples.CopyTo(port);
        _isWritten[channel] = true;
    }

    /// <summary>Copies an input channel; channels the device lacks are silent.</summary>
    public void Read(int channel, Span<float> samples)
    {
        if ((uint)channel >= (uint)InputChannels)
        {
            samples.Clear();
            return;
        }

        new ReadOnlySpan<float>(_inputs[channel] + _offset, samples.Length).CopyTo(samples);
    }
}
