using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Elastic;

/// <summary>What can be wrong with an Elastic rule or hunt file, beside its TOML and its query.</summary>
public static class ElasticCodes
{
    public static readonly DiagnosticCode UnknownType = new("ELA0101", Severity.Error, "rule type '{0}' is not known, expected one of {1}");
    public static readonly DiagnosticCode UnknownLanguage = new("ELA0102", Severity.Error, "query language '{0}' is not known, expected one of {1}");
    public static readonly DiagnosticCode NoQuery = new("ELA0103", Severity.Error, "a rule of type '{0}' needs '{1}'");
    public static readonly DiagnosticCode MachineLearning = new("ELA0104", Severity.Info, "the rule's logic is a machine learning job and not part of the file: {0}");
    public static readonly DiagnosticCode NotARule = new("ELA0105", Severity.Error, "found neither a table 'rule' nor a table 'hunt', expected one of them");

    public static readonly DiagnosticCode StrayLine = new("ELA0201", Severity.Warning, "the first line, '{0}', is no part of the query and was left out");
    public static readonly DiagnosticCode Osquery = new("ELA0202", Severity.Info, "the query is SQL of osquery, which is kept and not read");
    public static readonly DiagnosticCode UnclearLanguage = new("ELA0203", Severity.Error, "the language of the query that begins with '{0}' is not clear");

    public static readonly DiagnosticCode BadTime = new("ELA0301", Severity.Warning, "'{0}' should be a time such as {1}, found '{2}'");
    public static readonly DiagnosticCode UnknownFilter = new("ELA0302", Severity.Warning, "filter '{0}' is kept as text: its meaning is not modelled");
    public static readonly DiagnosticCode UnknownMapping = new("ELA0303", Severity.Warning, "threat mapping entry of type '{0}' is kept as text: its meaning is not modelled");
    public static readonly DiagnosticCode ListNotShipped = new("ELA0304", Severity.Info, "the exceptions of list '{0}' are not part of the file");
}
