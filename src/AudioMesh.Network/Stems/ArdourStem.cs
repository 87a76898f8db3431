// SPDX-License-Identifier: MIT
using System.Xml;

namespace AudioMesh.Network.Stems;

/// <summary>A stem and what it is numbered in an Ardour session.</summary>
internal sealed record ArdourStem(CollectedStem Stem, int[] SourceIds, int TrackId, int PlaylistId)
{
    public string FileName => Path.GetFileName(Stem.Path);

    /// <summary>One of its own, without the letters that names of ports may not have.</summary>
    public string TrackName => Path.GetFileNameWithoutExtension(Stem.Path);

    /// <summary>For people. XML has no place for control characters and halves of letters.</summary>
    public string Title
    {
        get
        {
            string title = Stem.Host.Length > 0 ? $"{Stem.Host} {Stem.Name}" : Stem.Name;
            return string.Concat(title.EnumerateRunes().Select(letter => letter.Value < ' ' || (letter.IsBmp && !XmlConvert.IsXmlChar((char)letter.Value)) ? " " : letter.ToString()));
        }
    }
}
