// SPDX-License-Identifier: MIT
using System.Net;
using AudioMesh.Network.Impairment;

namespace AudioMesh.RoundTrip;

/// <summary>JackTrip one way: the second server's side waits, the first one's calls it through the relay.</summary>
internal sealed class JackTripWay : IWay
{
    private readonly JackTripProcess _far;
    private readonly UdpRelay _relay;
    private readonly JackTripProcess _near;

    public JackTripWay(string nearServer, string farServer, int queue, int port, LossyLink link)
    {
        Name = $"JackTrip, queue {queue}";
        _far = JackTripProcess.Listen(farServer, queue, port);
        _relay = link.Before(new IPEndPoint(IPAddress.Loopback, port), Watch);
        _near = JackTripProcess.Call(nearServer, queue, _relay.Listen.Port, port + 50);
    }

    public string Name { get; }

    public string Input => JackTripProcess.Input;

    public string Output => JackTripProcess.Output;

    public SoundWatch Watch { get; } = new(isToast: false);

    public long? PredictedFrames => null;

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
        _relay.Dispose();
    }
}
