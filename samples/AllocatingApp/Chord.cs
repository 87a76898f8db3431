// SPDX-License-Identifier: MIT
namespace AllocatingApp;

/// <summary>Three sines that go on from block to block.</summary>
internal sealed class Chord(int rate)
{
    private static readonly double[] FrequenciesHz = [220, 277.18, 329.63];

    private long _position;

    public void Fill(Span<float> interleaved, int channels)
    {
        for (int i = 0; i < interleaved.Length; i += channels)
        {
            double time = (double)_position++ / rate;
            double sum = 0;
            foreach (double frequencyHz in FrequenciesHz)
            {
                sum += Math.Sin(Math.Tau * frequencyHz * time);
            }

            interleaved.Slice(i, channels).Fill((float)(sum * 0.08));
        }
    }
}
