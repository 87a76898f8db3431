// SPDX-License-Identifier: MIT
using AudioMesh.Network.Session;
using AudioMesh.Network.Time;

namespace AudioMesh.Cli.Meshes;

/// <summary>A session's time in words.</summary>
internal static class MeshTexts
{
    public static string Of(ToastHost host) => $"{host.Session.Name} is in the session, at {host.Port.LocalAddress}.";

    public static string Of(MeshLook look)
    {
        TimeStatus time = look.Time;
        string source = time.State switch
        {
            TimebaseState.Local => "this host's clock",
            TimebaseState.Acquiring => "being measured",
            TimebaseState.Locked => $"{look.NameOf(time.ReferenceId)}'s, {time.Hops} away",
            _ => $"{look.NameOf(time.ReferenceId)}'s as last heard",
        };
        return $"Mesh time is {source}: offset {Offset(time.OffsetNs)}, rate {time.RatePpm:+0.00;-0.00;0.00} ppm, within {Us(time.BoundNs)} us.";
    }

    public static string Us(double ns) => (ns / 1000).ToString("0.0");

    // Clocks of hosts count from when they started: what differs is the part that is worth its microseconds.
    public static string Offset(long ns) => Math.Abs(ns) < 1_000_000_000 ? $"{Us(ns)} us" : $"{ns * 1e-9:0.000000} s";
}
