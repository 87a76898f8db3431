// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>Plays <see cref="IntegerSignal"/>, interleaved sample by sample.</summary>
internal sealed unsafe class SignalRenderer(SampleFormat format) : IRenderCallback
{
    private int _index;

    /// <summary>Samples rendered.</summary>
    public int Samples => Volatile.Read(ref _index);

    public void Render(in DeviceBlock block)
    {
        int index = _index;
        for (int frame = 0; frame < block.Frames; frame++)
        {
            for (int channel = 0; channel < block.OutputChannels; channel++)
            {
                block.Outputs[channel][frame] = IntegerSignal.AsFloat(IntegerSignal.At(index++, IntegerSignal.Bits(format)), format);
            }
        }

        Volatile.Write(ref _index, index);
    }
}
