// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>Names of recordings: what clients call themselves must not lead out of the folder.</summary>
internal static class StemNames
{
    public static string Of(string client, int id)
    {
        string safe = string.Concat(client.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or ' ' ? letter : '_')).Trim();
        return $"{(safe.Length == 0 ? "_" : safe)}-{id}.wav";
    }
}
