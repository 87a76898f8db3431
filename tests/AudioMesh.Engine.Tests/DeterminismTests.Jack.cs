// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Backends.Tests.Jack;

namespace AudioMesh.Engine.Tests;

/// <content>Live on a server that waits for its clients, heard by another of them.</content>
internal sealed partial class DeterminismTests
{
    [Test]
    public void Another_client_of_a_JACK_server_hears_the_bits_that_are_rendered_offline()
    {
        using JackServer server = new(Rate, period: 128, "-S");
        float[] offline = FromFirstSound(RenderOffline("offline.wav"));
        Assert.That(offline.Length / 2, Is.GreaterThan(Frames / 2));
        float[] heard = FromFirstSound(HearLive(server.Name));
        Assert.That(heard[..Math.Min(heard.Length, offline.Length)], Is.EqualTo(offline));
    }

    private float[] HearLive(string server)
    {
        for (int attempt = 0; attempt < 10; attempt++)
        {
            using AudioEngine engine = new();
            using JackEar ear = new(server, 2, 2 * Frames);
            StreamInfo stream = engine.OpenDevice("jack", new StreamRequest { Device = server, ClientName = "live", AutoConnect = false });
            int sink = Build(engine, _folder.PathOf($"jack-{attempt}.wav"));
            engine.Start();
            ear.Listen(stream.Ports);
            AwaitFrames(engine);
            bool isWhole = IsWhole(engine, sink, $"JACK {attempt}") && ear.Xruns == 0;
            TestContext.Out.WriteLine($"JACK {attempt}: {engine.GetTelemetry().DeviceXruns} xruns heard of by the engine, {engine.GetTelemetry().Missed} periods missed, {ear.Xruns} xruns heard of by the listener");
            engine.Stop();
            if (isWhole)
            {
                return ear.Heard;
            }
        }

        throw new AssertionException("The machine was too busy ten times.");
    }

    private static float[] FromFirstSound(float[] samples) => samples[(Array.FindIndex(samples, sample => sample != 0) & ~1)..];
}
