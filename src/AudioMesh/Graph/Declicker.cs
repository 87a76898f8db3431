// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>
/// Joins a stream where it jumps: the step between the last sample before and the first after decays to nothing over
/// <see cref="DecayFrames"/> frames. A stream that does not jump passes unchanged, bit for bit.
/// </summary>
public sealed class Declicker(int channels)
{
    private readonly float[] _last = new float[channels];
    private readonly float[] _offset = new float[channels];
    private int _remaining;

    /// <summary>Frames a jump takes to decay: 1.3 ms at 48 kHz.</summary>
    public const int DecayFrames = 64;

    /// <summary>Whether no jump is decaying: blocks pass as they are.</summary>
    [RealtimeSafe]
    public bool IsAtRest => _remaining == 0;

    /// <summary>Passes one block; where <paramref name="jumpAt"/> is not negative, the stream jumps before that frame.</summary>
    [RealtimeSafe]
    public void Process(in BlockView block, int jumpAt)
    {
        if (_remaining == 0 && jumpAt < 0)
        {
            Remember(block);
            return;
        }

        int before = jumpAt < 0 ? block.Frames : jumpAt;
        Decay(block, 0, before);
        if (jumpAt >= 0)
        {
            for (int channel = 0; channel < block.ChannelCount; channel++)
            {
                Span<float> samples = block.Channel(channel);
                float last = jumpAt > 0 ? samples[jumpAt - 1] : _last[channel];
                _offset[channel] = jumpAt < samples.Length ? last - samples[jumpAt] : 0;
            }

            _remaining = DecayFrames;
            Decay(block, jumpAt, block.Frames);
        }

        Remember(block);
    }

    private void Decay(in BlockView block, int start, int end)
    {
        int count = Math.Min(_remaining, end - start);
        for (int channel = 0; channel < block.ChannelCount && count > 0; channel++)
        {
            Span<float> samples = block.Channel(channel).Slice(start, count);
            float offset = _offset[channel] / DecayFrames;
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] += offset * (_remaining - i);
            }
        }

        _remaining -= Math.Max(count, 0);
    }

    private void Remember(in BlockView block)
    {
        for (int channel = 0; channel < block.ChannelCount; channel++)
        {
            _last[channel] = block.Channel(channel)[block.Frames - 1];
        }
    }
}
