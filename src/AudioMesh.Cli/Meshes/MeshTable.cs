// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Session;
using AudioMesh.Network.Time;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AudioMesh.Cli.Meshes;

/// <summary>The peers of a session and their clocks, a row each.</summary>
internal static class MeshTable
{
    public static IReadOnlyList<string> Headings { get; } = ["PEER", "ADDRESS", "OFFSET", "RATE ppm", "BOUND us", "RTT us min/p50/p99", "JITTER us", "WHAT"];

    public static IEnumerable<IReadOnlyList<string>> Rows(MeshLook look) => look.Peers.Select(peer => Row(look, peer));

    public static IRenderable Of(MeshLook look)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach (string heading in Headings)
        {
            table.AddColumn(new TableColumn($"[bold]{heading}[/]").PadLeft(0).PadRight(2));
        }

        foreach (IReadOnlyList<string> row in Rows(look))
        {
            table.AddRow([.. row]);
        }

        string drops = string.Join(", ", look.Drops.Select(drop => $"{drop.Count} {drop.Cause}"));
        return new Rows(
            new Text(MeshTexts.Of(look)),
            look.Peers.Count > 0 ? table : new Text("Nobody else is there yet."),
            new Markup($"[grey]{Markup.Escape(Texts.Behind("not heard: ", drops))}[/]"));
    }

    private static string[] Row(MeshLook look, PeerStatus peer)
    {
        string name = Markup.Escape(look.NameOf(peer.Id));
        string address = Markup.Escape(peer.Address.ToString());
        if (look.Time.Peers.FirstOrDefault(clock => clock.PeerId == peer.Id) is not { IsMeasured: true } time)
        {
            return [name, address, "", "", "", "", "", peer.IsLost ? "[red]lost[/]" : "[yellow]being measured[/]"];
        }

        PathFacts path = time.Path;
        return
        [
            name,
            address,
            MeshTexts.Offset(time.OffsetNs),
            time.RatePpm.ToString("+0.00;-0.00;0.00"),
            MeshTexts.Us(time.BoundNs),
            $"{MeshTexts.Us(path.RoundTripMinNs)}/{MeshTexts.Us(path.RoundTripMedianNs)}/{MeshTexts.Us(path.RoundTripP99Ns)}",
            MeshTexts.Us(path.JitterNs),
            What(look, peer, time),
        ];
    }

    private static string What(MeshLook look, PeerStatus peer, PeerTimeStatus time)
    {
        string[] words =
        [
            peer.IsLost ? "[red]lost[/]" : "",
            look.Time.ReferenceId == peer.Id ? "[green]reference[/]" : time.IsParent ? "[green]parent[/]" : "",
            time.Path.IsCongested ? "[yellow]congested[/]" : "",
            time.Path.IsAsymmetric ? "[yellow]asymmetric[/]" : "",
            peer.Offers.Count > 0 ? Markup.Escape($"sends {string.Join(", ", peer.Offers.Select(offer => offer.Name))}") : "",
        ];
        return string.Join(", ", words.Where(word => word.Length > 0));
    }
}
