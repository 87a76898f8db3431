// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>What every transport asks of an order.</summary>
internal static class OrderRules
{
    /// <summary>No order is for a time further ahead.</summary>
    public const long MostAheadNs = 3_600_000_000_000;

    public static TransportRefusal Refuse(TransportOrder order, ITransport transport)
    {
        TransportReading now = transport.Read();
        if (transport.LostReason.Length > 0)
        {
            return new TransportRefusal("lost", transport.LostReason);
        }

        if (!now.At.IsKnown)
        {
            return new TransportRefusal("lost", $"The {transport.Driver} transport has no device that runs.");
        }

        if (order.Id == 0 || !Enum.IsDefined(order.Action) || !order.At.IsKnown)
        {
            return new TransportRefusal("malformed", "An order has an id, an action and a time.");
        }

        if (order.Frame is null && order.Action is TransportAction.Locate or TransportAction.LocateStart)
        {
            return new TransportRefusal("frame", "Locating needs a frame.");
        }

        (long least, long most) = transport.Frames;
        if (order.Frame is { } frame && (frame < least || frame > most))
        {
            return new TransportRefusal("frame", $"Frame {frame} is out of range: {least}..{most}.");
        }

        double aheadNs = (double)order.At.Nanoseconds - now.At.Nanoseconds;
        return aheadNs > MostAheadNs ? new TransportRefusal("too_far", $"That is in {aheadNs * 1e-9:F1} s; at most an hour ahead.")
            : aheadNs < 0 ? new TransportRefusal("past", $"That was {-aheadNs * 1e-9:F3} s ago.")
            : aheadNs < transport.LeastLeadNs ? new TransportRefusal("too_soon", $"That is in {aheadNs * 1e-6:F0} ms; this transport needs {transport.LeastLeadNs * 1e-6:F0}.")
            : default;
    }
}
