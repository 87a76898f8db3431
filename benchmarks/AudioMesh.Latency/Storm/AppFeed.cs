// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Storm;

/// <summary>An app's thread, of no special priority, that keeps its source filled to its depth with a sine.</summary>
internal sealed class AppFeed : IDisposable
{
    private readonly AppSource _source;
    private readonly Thread _thread;
    private volatile bool _isOver;

    public AppFeed(AppSource source)
    {
        _source = source;
        _thread = new Thread(Feed) { Name = "app-feed", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Feed()
    {
        float[] block = new float[256 * _source.Channels];
        long frame = 0;
        while (!_isOver)
        {
            int frames = Math.Min(_source.WritableFrames, block.Length / _source.Channels);
            if (frames == 0)
            {
                Thread.Sleep(1);
                continue;
            }

            Span<float> samples = block.AsSpan(0, frames * _source.Channels);
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = 0.1f * MathF.Sin((frame + (i / _source.Channels)) % _source.Rate * (2 * MathF.PI * 440 / _source.Rate));
            }

            frame += _source.Write(samples);
        }
    }
}
