"""The process around the match, as five regions describe it: referral, what is due, feedback, and the monitor.

Profiles hold what a region agreed. Everything else is a pure function of a history of events, a day and a profile.
"""

from wor_match.pathway.agenda import AgendaItem as AgendaItem
from wor_match.pathway.agenda import agenda as agenda
from wor_match.pathway.assessing.assess import assess as assess
from wor_match.pathway.assessing.assessment import Assessment as Assessment
from wor_match.pathway.assessing.assessment import Finding as Finding
from wor_match.pathway.assessing.assessment import Remark as Remark
from wor_match.pathway.assessing.assessment import Route as Route
from wor_match.pathway.assessing.referral import Referral as Referral
from wor_match.pathway.assessing.referral import load_referral as load_referral
from wor_match.pathway.due import Due as Due
from wor_match.pathway.due import due as due
from wor_match.pathway.feedback import Feedback as Feedback
from wor_match.pathway.feedback import feedback as feedback
from wor_match.pathway.follow_up.answers import events_from_follow_up as events_from_follow_up
from wor_match.pathway.follow_up.questions import FollowUpQuestion as FollowUpQuestion
from wor_match.pathway.follow_up.questions import follow_up_questions as follow_up_questions
from wor_match.pathway.invented import invented as invented
from wor_match.pathway.monitoring.monitor import Monitor as Monitor
from wor_match.pathway.monitoring.monitor import Row as Row
from wor_match.pathway.monitoring.monitor import monitor as monitor
from wor_match.pathway.oddities import Oddity as Oddity
from wor_match.pathway.oddities import oddities as oddities
from wor_match.pathway.profiles.lint import lint_profile as lint_profile
from wor_match.pathway.profiles.profile import Profile as Profile
from wor_match.pathway.profiles.reading import load_profile as load_profile
from wor_match.pathway.profiles.reading import profile_names as profile_names
from wor_match.pathway.registration.sheet import Registration as Registration
from wor_match.pathway.registration.sheet import read_registration as read_registration
