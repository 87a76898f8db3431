// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spectre.Console;

namespace AudioMesh.Cli.Ctl;

/// <summary>Draws a graph: as a tree, from where sound ends back to where it begins, or in the DOT language of Graphviz.</summary>
internal static class GraphPicture
{
    public static Tree TreeOf(GraphLook graph)
    {
        Tree tree = new($"[bold]{graph.Nodes.Count} nodes, {graph.Connections.Count} connections[/]");
        HashSet<int> shown = [];
        foreach (GraphLookNode end in graph.Ends)
        {
            Grow(tree, end, graph, shown);
        }

        return tree;
    }

    public static string DotOf(GraphLook graph)
    {
        StringBuilder dot = new("digraph audiomesh {\n  rankdir=LR;\n  node [shape=box];\n");
        foreach (GraphLookNode node in graph.Nodes)
        {
            dot.Append(CultureInfo.InvariantCulture, $"  n{node.Id} [label=\"{Quoted(node.Name)}\\n{Quoted(node.Type)}\"];\n");
        }

        foreach ((int from, int to) in graph.Connections)
        {
            dot.Append(CultureInfo.InvariantCulture, $"  n{from} -> n{to};\n");
        }

        return dot.Append("}\n").ToString();
    }

    // What feeds several is written out once.
    private static void Grow(IHasTreeNodes parent, GraphLookNode node, GraphLook graph, HashSet<int> shown)
    {
        bool isFirst = shown.Add(node.Id);
        string rest = isFirst ? $"[grey]{Markup.Escape(node.Settings)}[/]" : "[grey]as above[/]";
        TreeNode grown = parent.AddNode($"{node.Id} [bold]{Markup.Escape(node.Name)}[/] {Markup.Escape(node.Type)} {rest}");
        foreach (GraphLookNode before in isFirst ? graph.Into(node.Id) : [])
        {
            Grow(grown, before, graph, shown);
        }
    }

    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
