// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Network.Wire;

/// <summary>Who a sender is, what it offers and what it wants: sent to everybody, now and then, as its heartbeat. Reading and writing allocate.</summary>
/// <param name="Name">For people; up to 63 bytes of UTF-8.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="Offers">Streams that it offers, up to 16.</param>
/// <param name="Wishes">Streams that it wants, up to 32.</param>
public sealed record AnnounceBody(string Name, Capabilities Capabilities, IReadOnlyList<StreamOffer> Offers, IReadOnlyList<StreamWish> Wishes)
{
    /// <summary>Most streams offered by one sender.</summary>
    public const int MostOffers = 16;

    /// <summary>Most streams wanted by one.</summary>
    public const int MostWishes = 32;

    private const int WishBytes = 12;

    /// <summary>Writes it and returns its bytes. Throws InvalidArgument where a value is out of its bounds, LimitExceeded where <paramref name="body"/> has no room for it.</summary>
    public int Write(Span<byte> body)
    {
        Check();
        int at = 4;
        try
        {
            BinaryPrimitives.WriteUInt32BigEndian(body, (uint)Capabilities);
            WireText.Write(body, ref at, Name);
            body[at++] = (byte)Offers.Count;
            foreach (StreamOffer offer in Offers)
            {
                offer.Write(body, ref at);
            }

            body[at++] = (byte)Wishes.Count;
            foreach (StreamWish wish in Wishes)
            {
                BinaryPrimitives.WriteUInt64BigEndian(body[at..], wish.Owner);
                BinaryPrimitives.WriteUInt32BigEndian(body[(at + 8)..], wish.StreamId);
                at += WishBytes;
            }
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"The announcement of '{Name}' does not fit {body.Length} bytes: offer fewer streams.", e);
        }

        return at;
    }

    /// <summary>Reads a whole body.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out AnnounceBody? announce)
    {
        announce = null;
        int at = 4;
        if (body.Length < at || !WireText.TryRead(body, ref at, out string name)
            || !TryReadOffers(body, ref at, out StreamOffer[] offers) || !TryReadWishes(body, ref at, out StreamWish[] wishes)
            || at != body.Length)
        {
            return false;
        }

        announce = new AnnounceBody(name, (Capabilities)BinaryPrimitives.ReadUInt32BigEndian(body), offers, wishes);
        return true;
    }

    private static bool TryReadOffers(ReadOnlySpan<byte> body, ref int at, out StreamOffer[] offers)
    {
        offers = [];
        if (at >= body.Length || body[at] > MostOffers)
        {
            return false;
        }

        offers = new StreamOffer[body[at++]];
        for (int i = 0; i < offers.Length; i++)
        {
            if (!StreamOffer.TryRead(body, ref at, out StreamOffer? offer))
            {
                return false;
            }

            offers[i] = offer!;
        }

        return true;
    }

    private static bool TryReadWishes(ReadOnlySpan<byte> body, ref int at, out StreamWish[] wishes)
    {
        wishes = [];
        if (at >= body.Length || body[at] > MostWishes || body.Length - at - 1 < body[at] * WishBytes)
        {
            return false;
        }

        wishes = new StreamWish[body[at++]];
        foreach (ref StreamWish wish in wishes.AsSpan())
        {
            wish = new StreamWish(BinaryPrimitives.ReadUInt64BigEndian(body[at..]), BinaryPrimitives.ReadUInt32BigEndian(body[(at + 8)..]));
            at += WishBytes;
        }

        return true;
    }

    private void Check()
    {
        WireText.Checked(Name, "name");
        if (Offers.Count > MostOffers || Wishes.Count > MostWishes)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"{Offers.Count} streams offered and {Wishes.Count} wanted are too many.")
            {
                Allowed = $"{MostOffers} offered, {MostWishes} wanted",
            };
        }

        foreach (StreamOffer offer in Offers)
        {
            WireText.Checked(offer.Name, "stream");
            if (!offer.IsSound)
            {
                throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Stream {offer} cannot be offered.") { Field = "stream" };
            }
        }
    }
}
