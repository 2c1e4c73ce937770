using System.Globalization;
using System.Text;
using System.Xml;

namespace Rulescope.Text.Findings;

/// <summary>JUnit XML: each file is a test case, which fails by its errors and warnings and tells its infos.</summary>
static class JUnitFindings
{
    static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };

    public static void Write(FindingsReport report, TextWriter output)
    {
        var findings = report.Findings.ToLookup(f => f.Path, StringComparer.Ordinal);
        // A finding may be about a file that could not be read and so is not among the read ones.
        var files = report.Files.Concat(findings.Select(f => f.Key)).Distinct(StringComparer.Ordinal).ToList();
        var failed = files.Count(file => findings[file].Any(Fails));

        // The declaration would name the encoding of the text in memory, not the one it is stored in; UTF-8 needs none.
        using (var xml = XmlWriter.Create(output, Settings))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", "rulescope check");
            WriteNumber(xml, "tests", files.Count);
            WriteNumber(xml, "failures", failed);
            foreach (var file in files)
                WriteFile(xml, file, [.. findings[file]]);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        output.Write('\n');
    }

    static void WriteFile(XmlWriter xml, string file, IReadOnlyList<Finding> findings)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", "rulescope.check");
        xml.WriteAttributeString("name", Clean(file));
        var failures = findings.Where(Fails).ToList();
        if (failures.Count > 0)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Clean(Line(failures[0])));
            xml.WriteString(Clean(string.Join('\n', failures.Select(Line))));
            xml.WriteEndElement();
        }

        var infos = findings.Where(f => !Fails(f)).ToList();
        if (infos.Count > 0)
            xml.WriteElementString("system-out", Clean(string.Join('\n', infos.Select(Line))));
        xml.WriteEndElement();
    }

    static bool Fails(Finding finding) => finding.Severity is not Severity.Info;

    static string Line(Finding finding) =>
        string.Create(CultureInfo.InvariantCulture, $"{finding.Path}:{finding.Line}:{finding.Column}: {finding.Id} {finding.Message}");

    static void WriteNumber(XmlWriter xml, string name, int value) =>
        xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    // XML 1.0 has no way at all to write most control characters or half a surrogate pair.
    static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var allowed = !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value);
            clean.Append((allowed ? rune : Rune.ReplacementChar).ToString());
        }

        return clean.ToString();
    }
}
