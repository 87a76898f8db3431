// SPDX-License-Identifier: MIT
using AudioMesh.Backends.Jack;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>A JACK client that the PCM <c>am_jack_heard</c> connects itself to when it is opened.</summary>
internal sealed class JackListener : IDisposable
{
    /// <summary>Of the server.</summary>
    public const int Period = 256;

    private const int MostFrames = 60 * 48_000;
    private readonly JackBackend _client = new();
    private readonly Renderer _recorder = new(2, MostFrames);

    public JackListener(string server)
    {
        StreamInfo info = _client.Open(
            new StreamRequest
            {
                Device = server, ClientName = "am_jack_listener", OutputChannels = 0, InputChannels = 2, AutoConnect = false,
            },
            _recorder);
        Assert.That(info.ClientName, Is.EqualTo("am_jack_listener"), "the name by which it is found");
        _client.Start();
    }

    /// <summary>Hears what is played from now on.</summary>
    public IOutputCapture Hear() => new Hearing(_recorder);

    public void Dispose() => _client.Dispose();

    private sealed class Hearing(Renderer recorder) : IOutputCapture
    {
        private readonly int _from = recorder.Inputs[0].Length;

        public float[][] Take() => Array.ConvertAll(recorder.Inputs, channel => WithoutEcho(channel[_from..]));

        public void Dispose()
        {
        }

        /// <summary>A server may play the last period of a client again while that leaves: it is taken off.</summary>
        private static float[] WithoutEcho(float[] samples)
        {
            int end = Array.FindLastIndex(samples, sample => sample != 0) + 1;
            while (end >= 2 * Period && samples.AsSpan(end - Period, Period).SequenceEqual(samples.AsSpan(end - (2 * Period), Period)))
            {
                end -= Period;
            }

            return samples[..end];
        }
    }
}
