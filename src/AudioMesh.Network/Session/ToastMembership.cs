// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Network.Media;

namespace AudioMesh.Network.Session;

/// <summary>A share in a host of <see cref="ToastHosts"/>. Any thread; disposed after the last of its streams.</summary>
public sealed class ToastMembership : IStreamExchange
{
    private readonly ToastHosts _hosts;
    private readonly ToastSettings _settings;
    private int _isDisposed;

    internal ToastMembership(ToastHosts hosts, ToastSettings settings, ToastHost host) => (_hosts, _settings, Host) = (hosts, settings, host);

    /// <summary>What is shared.</summary>
    public ToastHost Host { get; }

    /// <inheritdoc/>
    public IOfferedStream Offer(StreamDescription stream) => new OfferedStream(
        Host.Session,
        Host.Session.Offer(stream.Name, stream.Rate, stream.Channels, stream.BlockFrames, stream.Encoding, stream.Redundancy));

    /// <inheritdoc/>
    public ISubscribedStream Subscribe(StreamSubscription subscription) => new SubscribedStream(
        Host.Session,
        Host.Session.Subscribe(new SubscriptionOptions
        {
            Peer = subscription.Peer,
            Stream = subscription.Stream,
            OutputRate = subscription.OutputRate,
            OutputChannels = subscription.OutputChannels,
            MinDepthMs = subscription.MinDepthMs,
            MaxDepthMs = subscription.MaxDepthMs,
            Predicts = subscription.Predicts,
        }));

    /// <inheritdoc/>
    public ParameterValue? Get(string parameter) => HostParameters.Get(parameter, _settings, Host);

    /// <summary>Leaves, if nobody else shares it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _hosts.Leave(_settings);
        }
    }
}
