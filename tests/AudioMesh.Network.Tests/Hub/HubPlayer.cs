// SPDX-License-Identifier: MIT
using AudioMesh.Network.Hub;
using AudioMesh.Network.Session;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Hub;

/// <summary>A client of a hub that plays a tone of its own and keeps the first channel of what it hears.</summary>
internal sealed unsafe class HubPlayer : IDisposable
{
    public const float Amplitude = 0.1f;

    private readonly SimulatedHost _host;
    private readonly double _hertz;
    private readonly int _channels;

    public HubPlayer(SimulatedHost host, string name, double hertz, int channels, SessionKey key, PeerAddress hub)
    {
        (_host, _hertz, _channels) = (host, hertz, channels);
        Session = HubRig.SessionOn(host, name, host.Port, key, Capabilities.None, [hub]);
        Client = new HubClient(new HubClientOptions { Name = name, SendChannels = channels, MixChannels = channels, HostClock = () => host.Now }, Session);
        OutgoingStream voice = Client.Offer(HubRig.Rate, HubRig.Period);
        IncomingStream mix = Client.Listen(new SubscriptionOptions { MinDepthMs = 1, MaxDepthMs = 20, Predicts = false });
        host.Every(TimeSpan.FromMilliseconds(10), Client.Maintain);
        float[] block = new float[channels * HubRig.Period];
        host.RunDevice(HubRig.Period, HubRig.Rate, first => Play(voice, mix, block, first));
    }

    public ToastSession Session { get; }

    public HubClient Client { get; }

    public double Hertz => _hertz;

    public List<float> Heard { get; } = [];

    /// <summary>How loud a tone of a multiple of 10 Hz was in the last tenth of a second: short enough that drift control does not smear it.</summary>
    public double HowLoud(double hertz)
    {
        (double re, double im) = (0, 0);
        int count = HubRig.Rate / 10;
        int at = Heard.Count - count;
        for (int i = 0; i < count; i++)
        {
            (double sin, double cos) = Math.SinCos(Math.Tau * hertz * i / HubRig.Rate);
            (re, im) = (re + (Heard[at + i] * cos), im + (Heard[at + i] * sin));
        }

        return 2 * Math.Sqrt((re * re) + (im * im)) / count;
    }

    /// <summary>The largest step from one frame to the next of what was heard from a frame on.</summary>
    public double LargestStep(int from)
    {
        double largest = 0;
        for (int i = Math.Max(1, from); i < Heard.Count; i++)
        {
            largest = Math.Max(largest, Math.Abs(Heard[i] - Heard[i - 1]));
        }

        return largest;
    }

    public void Dispose()
    {
        Client.Dispose();
        Session.Dispose();
    }

    private void Play(OutgoingStream voice, IncomingStream mix, float[] block, long first)
    {
        fixed (float* samples = block)
        {
            float** planes = stackalloc float*[_channels];
            for (int channel = 0; channel < _channels; channel++)
            {
                planes[channel] = samples + (channel * HubRig.Period);
                for (int i = 0; i < HubRig.Period; i++)
                {
                    planes[channel][i] = Amplitude * (float)Math.Sin(Math.Tau * _hertz * ((first + i) % HubRig.Rate) / HubRig.Rate);
                }
            }

            voice.Sender.Send(planes, HubRig.Period, Session.Timebase.ToMesh(_host.Now), default);
            new Span<float>(samples, HubRig.Period).Clear();
            mix.Receiver?.Read(planes, HubRig.Period, _host.Now);
            Heard.AddRange(new ReadOnlySpan<float>(samples, HubRig.Period));
        }
    }
}
