// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Network.Media;
using AudioMesh.Network.Session;

namespace AudioMesh.Network.Hub;

/// <summary>
/// A hub's client on this machine's network, for the nodes of an engine: <c>toast_sink</c> sends to the hub and <c>toast_source</c> hears the mix, whatever streams they name. Any thread; disposed
/// after the engine.
/// </summary>
public sealed class HubMembership : IStreamExchanges, IStreamExchange
{
    private const int MaintainMs = 5;

    private readonly RepeatedWork _maintenance;
    private int _isDisposed;

    /// <summary>Joins as soon as both ends are there. Throws what <see cref="ToastHost"/> and <see cref="HubClient"/> throw.</summary>
    public HubMembership(ToastHostOptions host, HubClientOptions options)
    {
        Toast = new ToastHost(host);
        try
        {
            Client = new HubClient(options, Toast.Session);
        }
        catch
        {
            Toast.Dispose();
            throw;
        }

        _maintenance = new RepeatedWork("am-hub-client", MaintainMs, Client.Maintain);
    }

    /// <summary>The member of the session that it is. Its end is this one's.</summary>
    public ToastHost Toast { get; }

    /// <summary>The client.</summary>
    public HubClient Client { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ParameterDescriptor> Parameters => [];

    /// <inheritdoc/>
    IStreamExchange IStreamExchanges.Join(NodeArguments arguments) => new Share(this);

    /// <inheritdoc/>
    public IOfferedStream Offer(StreamDescription stream)
    {
        HubStreamJson.Check(stream.Channels == Client.SendChannels, "channels", $"{Client.SendChannels}, as the client was made for");
        return new OfferedStream(Toast.Session, Client.Offer(stream.Rate, stream.BlockFrames, stream.Encoding, stream.Redundancy));
    }

    /// <inheritdoc/>
    public ISubscribedStream Subscribe(StreamSubscription subscription) => new SubscribedStream(
        Toast.Session,
        Client.Listen(new SubscriptionOptions
        {
            OutputRate = subscription.OutputRate,
            OutputChannels = subscription.OutputChannels,
            MinDepthMs = subscription.MinDepthMs,
            MaxDepthMs = subscription.MaxDepthMs,
            Predicts = subscription.Predicts,
        }));

    /// <inheritdoc/>
    public ParameterValue? Get(string parameter) => null;

    /// <summary>Gives the seat up and leaves.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _maintenance.Dispose();
            Client.Dispose();
            Toast.Dispose();
        }
    }

    // Nodes end their share; the membership ends after them.
    private sealed class Share(HubMembership membership) : IStreamExchange
    {
        public IOfferedStream Offer(StreamDescription stream) => membership.Offer(stream);

        public ISubscribedStream Subscribe(StreamSubscription subscription) => membership.Subscribe(subscription);

        public ParameterValue? Get(string parameter) => null;

        public void Dispose()
        {
        }
    }
}
